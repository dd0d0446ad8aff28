-- A lapsed node's lane: one per transaction, by compare-and-set on the epoch: two takers cannot both
-- win, and never hold two heads. A silence since $5 that is longer than $6 seconds is written down
-- in the same breath.
WITH taken AS (
    UPDATE lane_head
       SET epoch = epoch + 1, node = $2, speaks = greatest(speaks, $4),
           heard_at = clock_timestamp()
     WHERE lane = $1 AND epoch = $3
    RETURNING lane, epoch, batch, pos
), silent AS (
    INSERT INTO silence (lane, from_at, until_at)
    SELECT lane, $5, clock_timestamp() FROM taken
     WHERE clock_timestamp() - $5::timestamptz > make_interval(secs => $6)
        ON CONFLICT DO NOTHING
)
SELECT epoch, batch, pos FROM taken
