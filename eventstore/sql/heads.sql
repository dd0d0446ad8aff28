SELECT lane, pos FROM lane_head WHERE pos > 0
