DELETE FROM park WHERE projection = $1 AND shop_id = $2
