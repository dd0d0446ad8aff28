UPDATE outbox SET state = 0, due_at = $5, error = $6, lease_until = NULL
 WHERE lane = $1 AND batch = $2 AND n = $3 AND attempts = $4 AND lease_node = $7 AND state = 1
