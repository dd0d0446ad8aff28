-- What became of leased promises. The number of the attempt is the lease's token: whoever comes
-- with an older one is too late and changes nothing.
UPDATE outbox o
   SET state = s.state, error = s.error, lease_until = NULL, lease_node = NULL,
       due_at = coalesce(clock_timestamp() + make_interval(secs => s.wait), o.due_at),
       provider_ref = coalesce(o.provider_ref, s.provider_ref),
       done_at = CASE WHEN s.state >= 2 THEN clock_timestamp() END
  FROM unnest($1::smallint[], $2::bigint[], $3::integer[], $4::integer[], $5::smallint[],
              $6::double precision[], $7::text[], $8::text[])
       AS s (lane, batch, n, attempt, state, wait, provider_ref, error)
 WHERE o.lane = s.lane AND o.batch = s.batch AND o.n = s.n
   AND o.attempts = s.attempt AND o.state = 1
