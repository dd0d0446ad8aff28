SELECT lane, shop_id, pos, error, at FROM park WHERE projection = $1 ORDER BY at
