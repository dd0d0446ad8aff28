-- Never backwards: a slower fold must not replace a newer one.
INSERT INTO snapshot (lane, shop_id, seq, shape, tip, body) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (lane, shop_id) DO UPDATE
   SET seq = excluded.seq, shape = excluded.shape, tip = excluded.tip, body = excluded.body
 WHERE snapshot.seq < excluded.seq OR snapshot.shape <> excluded.shape
