-- Words that would come too late are dropped and recorded, never sent as lies. Whatever somebody
-- else holds just now is looked at the next time.
WITH late AS (
    SELECT lane, batch, n FROM outbox
     WHERE state = 0 AND sender = ANY($1::text[]) AND not_after < clock_timestamp()
     ORDER BY lane, batch, n FOR UPDATE SKIP LOCKED
)
UPDATE outbox o SET state = 3, error = 'too late', done_at = clock_timestamp()
  FROM late
 WHERE o.lane = late.lane AND o.batch = late.batch AND o.n = late.n
