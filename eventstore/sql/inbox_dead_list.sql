SELECT node, n, door, received_at, at_day, body, attempts, error
  FROM inbox WHERE state = 2 ORDER BY received_at DESC LIMIT $1
