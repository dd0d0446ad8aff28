SELECT id, shop_id, sealed, node FROM number ORDER BY id
