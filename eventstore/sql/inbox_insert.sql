-- One INSERT for all POSTs of the last two milliseconds. What was seen before returns no row.
INSERT INTO inbox (node, n, door, sha, at_day, body)
SELECT $1, i.n, i.door, i.sha, $5, i.body
  FROM unnest($2::bigint[], $3::text[], $4::bytea[], $6::bytea[]) AS i (n, door, sha, body)
 ORDER BY i.n
    ON CONFLICT (door, sha) DO NOTHING
RETURNING n, received_at
