-- The provider's word by our own id: it also proves that an unsure promise was sent.
UPDATE outbox
   SET status = $4, error = coalesce($5, error), provider_ref = coalesce(provider_ref, $6),
       state = CASE WHEN state IN (1, 5) THEN 2 ELSE state END,
       done_at = coalesce(done_at, clock_timestamp())
 WHERE lane = $1 AND batch = $2 AND n = $3 AND status < $4
RETURNING lane, batch, n, shop_id, kind, class, body::text AS body
