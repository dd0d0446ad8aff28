-- The provider's word on what was sent, by our own row where it echoed it, else by its message.
-- Rank only rises; a failure (rank 100) is final; a word about a row that was still in doubt
-- proves that it was sent. Locked in the order of keys (outbox_settle.sql).
WITH s AS (
    SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::integer[], $4::text[],
                         $5::smallint[], $6::text[])
               AS s (lane, batch, n, provider_ref, rank, error)
), found AS (
    SELECT o.lane, o.batch, o.n, s.provider_ref, s.rank, s.error
      FROM s JOIN outbox o ON s.lane IS NOT NULL
                          AND o.lane = s.lane AND o.batch = s.batch AND o.n = s.n
    UNION ALL
    SELECT o.lane, o.batch, o.n, s.provider_ref, s.rank, s.error
      FROM s JOIN outbox o ON s.lane IS NULL AND o.provider_ref = s.provider_ref
), ours AS (
    SELECT w.lane, w.batch, w.n, f.provider_ref, f.rank, f.error
      FROM outbox w JOIN found f USING (lane, batch, n)
     ORDER BY w.lane, w.batch, w.n FOR UPDATE OF w
)
UPDATE outbox o
   SET status = greatest(o.status, s.rank),
       state = CASE WHEN s.rank = 100 THEN 4 WHEN o.state IN (0, 1, 5) THEN 2 ELSE o.state END,
       provider_ref = coalesce(o.provider_ref, s.provider_ref),
       error = coalesce(s.error, o.error),
       lease_until = NULL, lease_node = NULL,
       done_at = coalesce(o.done_at, clock_timestamp())
  FROM ours s
 WHERE o.lane = s.lane AND o.batch = s.batch AND o.n = s.n
   AND o.status < s.rank
