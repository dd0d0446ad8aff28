-- What became of leased promises. The number of the attempt is the lease's token: whoever comes
-- with an older one is too late and changes nothing. Rows are locked in the order of their keys,
-- here and wherever many change at once, so that two statements never wait for each other.
WITH s AS (
    SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::integer[], $4::integer[],
                         $5::smallint[], $6::double precision[], $7::text[], $8::text[])
               AS s (lane, batch, n, attempt, state, wait, provider_ref, error)
), ours AS (
    SELECT w.lane, w.batch, w.n FROM outbox w JOIN s USING (lane, batch, n)
     ORDER BY w.lane, w.batch, w.n FOR UPDATE OF w
)
UPDATE outbox o
   SET state = s.state, error = s.error, lease_until = NULL, lease_node = NULL,
       due_at = coalesce(clock_timestamp() + make_interval(secs => s.wait), o.due_at),
       provider_ref = coalesce(o.provider_ref, s.provider_ref),
       done_at = CASE WHEN s.state >= 2 THEN clock_timestamp() END
  FROM ours JOIN s USING (lane, batch, n)
 WHERE o.lane = ours.lane AND o.batch = ours.batch AND o.n = ours.n
   AND o.attempts = s.attempt AND o.state = 1
