-- After a lost COMMIT, with the old session ended: what became of each lane. FOR UPDATE waits for
-- anything still in the way.
SELECT lane, epoch, batch, pos FROM lane_head
 WHERE lane = ANY($1::smallint[]) ORDER BY lane FOR UPDATE
