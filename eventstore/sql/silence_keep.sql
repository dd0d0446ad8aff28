-- A silence its owner lived through, for the lanes that are still its own.
INSERT INTO silence (lane, from_at, until_at)
SELECT h.lane, $3, $4
  FROM lane_head h
  JOIN unnest($1::smallint[], $2::bigint[]) AS w (lane, epoch)
    ON h.lane = w.lane AND h.epoch = w.epoch
    ON CONFLICT DO NOTHING
