-- The end of a lease. Who lost it to another claim ($4 is the attempt) changes nothing. A status
-- may have come first (state 2 already): then only the reference is still missing.
UPDATE outbox
   SET state = CASE WHEN state = 1 THEN $5 ELSE state END,
       provider_ref = coalesce(provider_ref, $6), error = coalesce($7, error),
       done_at = coalesce(done_at, clock_timestamp()), lease_until = NULL
 WHERE lane = $1 AND batch = $2 AND n = $3 AND attempts = $4 AND lease_node = $8
   AND (state = 1 OR (state = 2 AND $5 = 2 AND provider_ref IS NULL))
