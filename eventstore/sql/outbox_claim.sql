-- The next promises to keep: money first, then age; of each conversation only the oldest
-- unfinished one, so one is in flight at a time and none overtakes. A lapsed lease is claimed
-- again, and said to be: whether it was sent is not known.
WITH due AS (
    SELECT o.lane, o.batch, o.n, o.state AS was
      FROM outbox o
     WHERE o.state < 2 AND o.sender = ANY($1::text[]) AND o.kind = ANY($2::text[])
       AND (   (o.state = 0 AND o.due_at <= clock_timestamp())
            OR (o.state = 1 AND o.lease_until < clock_timestamp()))
       AND (o.recipient IS NULL OR NOT EXISTS (
            SELECT FROM outbox p
             WHERE p.recipient = o.recipient AND p.sender = o.sender AND p.state < 2
               AND (p.at, p.lane, p.batch, p.n) < (o.at, o.lane, o.batch, o.n)))
     ORDER BY o.class, o.at, o.lane, o.batch, o.n
     LIMIT $3 FOR UPDATE OF o SKIP LOCKED
)
UPDATE outbox o
   SET state = 1, attempts = o.attempts + 1, lease_node = $5,
       lease_until = clock_timestamp() + make_interval(secs => $4)
  FROM due d
 WHERE o.lane = d.lane AND o.batch = d.batch AND o.n = d.n
RETURNING o.lane, o.batch, o.n, o.shop_id, o.sender, o.recipient, o.class, o.kind,
          o.body::text AS body, o.at, o.not_after, o.attempts, d.was = 1 AS interrupted, o.error
