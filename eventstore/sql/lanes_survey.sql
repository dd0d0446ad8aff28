-- Who has each lane, and whether it may be taken: nobody's, ours, or a lapsed node's, and written
-- by no newer program than this one ($2).
SELECT h.lane, h.epoch, h.node, n.url,
       (h.node IS NULL OR h.node = $1 OR n.id IS NULL) AND h.speaks <= $2 AS free,
       (h.node IS NOT NULL AND h.node <> $1 AND n.id IS NULL) AS lapsed
  FROM lane_head h
  LEFT JOIN node n ON n.id = h.node AND n.lease_until > clock_timestamp()
 ORDER BY h.lane
