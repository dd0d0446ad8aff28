-- The next open items of a node that are not in work already, in order. The try is counted
-- before it begins, so that a body that kills the process each time is noticed; one tried too
-- often is a dead letter from here on.
UPDATE inbox i
   SET attempts = i.attempts + 1,
       state = CASE WHEN i.attempts >= $4 THEN 2 ELSE 0 END,
       error = CASE WHEN i.attempts >= $4 THEN 'tried too often' ELSE i.error END
  FROM (SELECT node, n
          FROM inbox
         WHERE state = 0 AND node = $1 AND n <> ALL($2::bigint[])
         ORDER BY received_at, n
         LIMIT $3) AS open
 WHERE i.node = open.node AND i.n = open.n
RETURNING i.node, i.n, i.door, i.received_at, i.at_day, i.body, i.attempts, i.error, i.state
