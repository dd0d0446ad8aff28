-- The next promises to keep, so much room for each sender: a number that may say nothing now takes
-- nobody's place. Money first, then age; of each conversation only the oldest unfinished one, so
-- one is in flight at a time and none overtakes. A lapsed lease is claimed again, and said to be:
-- whether it was sent is not known.
WITH due AS (
    SELECT o.lane, o.batch, o.n, o.was
      FROM unnest($1::text[], $2::integer[]) AS s (sender, room)
     CROSS JOIN LATERAL (
           SELECT w.lane, w.batch, w.n, w.state AS was
             FROM outbox w
            WHERE w.sender = s.sender
              AND w.state < 2
              AND w.kind = ANY($3::text[])
              AND (   (w.state = 0 AND w.due_at <= clock_timestamp())
                   OR (w.state = 1 AND w.lease_until < clock_timestamp()))
              AND (w.recipient IS NULL OR NOT EXISTS (
                   SELECT FROM outbox e
                    WHERE e.recipient = w.recipient AND e.sender = w.sender AND e.state < 2
                      AND (e.at, e.lane, e.batch, e.n) < (w.at, w.lane, w.batch, w.n)))
            ORDER BY w.class, w.at
            LIMIT s.room
              FOR UPDATE SKIP LOCKED) AS o
)
UPDATE outbox t
   SET state = 1, attempts = t.attempts + 1, lease_node = $4,
       lease_until = clock_timestamp() + make_interval(secs => $5)
  FROM due d
 WHERE t.lane = d.lane AND t.batch = d.batch AND t.n = d.n
RETURNING t.lane, t.batch, t.n, t.shop_id, t.sender, t.recipient, t.class, t.kind,
          t.body::text AS body, t.at, t.not_after, t.attempts, d.was = 1 AS interrupted, t.error
