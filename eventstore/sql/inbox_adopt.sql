-- Open items of nodes whose lease lapsed become ours, in their order. received_at stays, so they
-- still come before what we took later.
WITH orphan AS (
    SELECT i.node, i.n, i.received_at
      FROM inbox i
     WHERE i.state = 0 AND i.node <> $1
       AND NOT EXISTS (SELECT FROM node o
                        WHERE o.id = i.node AND o.lease_until > clock_timestamp())
     ORDER BY i.received_at, i.node, i.n LIMIT $3 FOR UPDATE OF i SKIP LOCKED
), numbered AS (
    SELECT node, n, row_number() OVER (ORDER BY received_at, node, n) AS place FROM orphan
)
UPDATE inbox i SET node = $1, n = $2 + numbered.place
  FROM numbered WHERE i.node = numbered.node AND i.n = numbered.n
RETURNING i.n
