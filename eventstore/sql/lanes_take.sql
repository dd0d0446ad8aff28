-- Lanes nobody writes: all at once, in order, never waiting for a head. The epoch is compared
-- again once a head is locked, so of two takers one gets it. A silence since $5 that is longer
-- than $6 seconds is written down in the same breath.
WITH free AS (
    SELECT h.lane, w.heard_at
      FROM lane_head h
      JOIN unnest($1::smallint[], $2::bigint[], $5::timestamptz[]) AS w (lane, epoch, heard_at)
        ON h.lane = w.lane AND h.epoch = w.epoch
     ORDER BY h.lane FOR UPDATE OF h SKIP LOCKED
), silent AS (
    INSERT INTO silence (lane, from_at, until_at)
    SELECT lane, heard_at, clock_timestamp() FROM free
     WHERE clock_timestamp() - heard_at > make_interval(secs => $6)
        ON CONFLICT DO NOTHING
)
UPDATE lane_head h
   SET epoch = h.epoch + 1, node = $3, speaks = greatest(h.speaks, $4),
       heard_at = clock_timestamp()
  FROM free WHERE h.lane = free.lane
RETURNING h.lane, h.epoch, h.batch, h.pos
