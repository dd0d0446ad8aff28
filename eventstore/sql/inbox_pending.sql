SELECT node, n, door, received_at, at_day, body, attempts, error
  FROM inbox WHERE node = $1 AND state = 0 ORDER BY received_at, n LIMIT $2
