-- Lanes nobody writes: all at once, in order, never waiting for a head. The epoch is compared
-- again once a head is locked, so of two takers one gets it.
WITH free AS (
    SELECT h.lane
      FROM lane_head h
      JOIN unnest($1::smallint[], $2::bigint[]) AS w (lane, epoch)
        ON h.lane = w.lane AND h.epoch = w.epoch
     ORDER BY h.lane FOR UPDATE OF h SKIP LOCKED
)
UPDATE lane_head h SET epoch = h.epoch + 1, node = $3, speaks = greatest(h.speaks, $4)
  FROM free WHERE h.lane = free.lane
RETURNING h.lane, h.epoch, h.batch, h.pos
