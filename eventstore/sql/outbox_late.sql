-- Words that would come too late are dropped and recorded, never sent as lies.
UPDATE outbox SET state = 3, error = 'too late', done_at = clock_timestamp()
 WHERE state = 0 AND sender = ANY($1::text[]) AND not_after < clock_timestamp()
