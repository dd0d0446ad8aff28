-- Counted and committed before the try: what kills the process five times is parked.
UPDATE inbox
   SET attempts = attempts + 1,
       state = CASE WHEN attempts >= $3 THEN 2 ELSE state END,
       error = CASE WHEN attempts >= $3 THEN coalesce(error, 'tried too often') ELSE error END
 WHERE node = $1 AND n = $2 AND state = 0
RETURNING attempts, state
