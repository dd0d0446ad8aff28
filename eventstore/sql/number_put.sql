INSERT INTO number (id, shop_id, sealed) VALUES ($1, $2, $3)
    ON CONFLICT (id) DO UPDATE SET shop_id = excluded.shop_id, sealed = excluded.sealed
