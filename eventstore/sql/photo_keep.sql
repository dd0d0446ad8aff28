-- Nothing happens where it is kept already, or the shop has all it may have.
INSERT INTO photo (lane, shop_id, hash, media, bytes)
SELECT $1, $2, $3, $4, $5
 WHERE (SELECT count(*) FROM photo WHERE lane = $1 AND shop_id = $2) < $6
    ON CONFLICT DO NOTHING
