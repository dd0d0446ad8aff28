SELECT media, bytes FROM photo WHERE lane = $1 AND shop_id = $2 AND hash = $3
