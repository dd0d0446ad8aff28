-- The provider's word on what was sent, by our own row where it echoed it, else by its message.
-- Rank only rises; a failure (rank 100) is final; a word about a row that was still in doubt
-- proves that it was sent.
UPDATE outbox o
   SET status = greatest(o.status, s.rank),
       state = CASE WHEN s.rank = 100 THEN 4 WHEN o.state IN (0, 1, 5) THEN 2 ELSE o.state END,
       provider_ref = coalesce(o.provider_ref, s.provider_ref),
       error = coalesce(s.error, o.error),
       lease_until = NULL, lease_node = NULL,
       done_at = coalesce(o.done_at, clock_timestamp())
  FROM unnest($1::smallint[], $2::bigint[], $3::integer[], $4::text[], $5::smallint[], $6::text[])
       AS s (lane, batch, n, provider_ref, rank, error)
 WHERE ((s.lane IS NOT NULL AND o.lane = s.lane AND o.batch = s.batch AND o.n = s.n)
        OR (s.lane IS NULL AND o.provider_ref = s.provider_ref))
   AND o.status < s.rank
