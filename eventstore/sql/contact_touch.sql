-- People who wrote just now: who they are as of this message, and when their window opened.
-- The window only ever moves on: messages arrive out of order.
INSERT INTO contact AS c (id, number_id, sealed, last_in_at, last_shop, lang)
SELECT h.id, h.number_id, h.sealed, h.at, h.shop, h.lang
  FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::timestamptz[], $5::uuid[],
              $6::text[])
       AS h (id, number_id, sealed, at, shop, lang)
    ON CONFLICT (id) DO UPDATE
   SET sealed = CASE WHEN excluded.last_in_at >= c.last_in_at THEN excluded.sealed
                     ELSE c.sealed END,
       last_in_at = greatest(c.last_in_at, excluded.last_in_at),
       last_shop = coalesce(excluded.last_shop, c.last_shop),
       lang = coalesce(excluded.lang, c.lang)
