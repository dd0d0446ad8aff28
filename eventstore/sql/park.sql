INSERT INTO park (projection, lane, shop_id, pos, error) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (projection, shop_id) DO NOTHING
