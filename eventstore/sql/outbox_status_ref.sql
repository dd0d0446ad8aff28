-- The provider's word by its own reference; only ever rising.
UPDATE outbox SET status = $2, error = coalesce($3, error)
 WHERE provider_ref = $1 AND status < $2
RETURNING lane, batch, n, shop_id, kind, class, body::text AS body
