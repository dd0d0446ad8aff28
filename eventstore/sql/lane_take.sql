-- A lapsed node's lane: one per transaction, by compare-and-set on the epoch: two takers cannot both win, and
-- never hold two heads.
UPDATE lane_head SET epoch = epoch + 1, node = $2, speaks = greatest(speaks, $4)
 WHERE lane = $1 AND epoch = $3
RETURNING epoch, batch, pos
