UPDATE lane_head h SET epoch = h.epoch + 1, node = NULL, heard_at = clock_timestamp()
  FROM unnest($1::smallint[], $2::bigint[]) AS w (lane, epoch)
 WHERE h.lane = w.lane AND h.epoch = w.epoch AND h.node = $3
