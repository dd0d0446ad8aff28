-- Compare-and-set of several lanes: how many moved. A lane without a row is at 0.
WITH wanted AS (
    SELECT * FROM unnest($2::smallint[], $3::bigint[], $4::bigint[]) AS w (lane, was, next)
), moved AS (
    UPDATE checkpoint c SET pos = w.next FROM wanted w
     WHERE c.projection = $1 AND c.lane = w.lane AND c.pos = w.was
    RETURNING c.lane
), made AS (
    INSERT INTO checkpoint (projection, lane, pos)
    SELECT $1, w.lane, w.next FROM wanted w
     WHERE w.was = 0
       AND NOT EXISTS (SELECT FROM checkpoint c WHERE c.projection = $1 AND c.lane = w.lane)
        ON CONFLICT DO NOTHING
    RETURNING lane
)
SELECT (SELECT count(*) FROM moved) + (SELECT count(*) FROM made)
