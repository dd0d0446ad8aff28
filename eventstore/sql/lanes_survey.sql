-- Who has each lane, and whether it may be taken: nobody's, ours, or a lapsed node's, and written
-- by no newer program than this one ($2). heard_at: its last sign of life, its owner's or that of
-- its release; where the owner has our name, of that name's life before this one.
SELECT h.lane, h.epoch, h.node, n.url,
       (h.node IS NULL OR h.node = $1 OR n.id IS NULL) AND h.speaks <= $2 AS free,
       (h.node IS NOT NULL AND h.node <> $1 AND n.id IS NULL) AS lapsed,
       greatest(h.heard_at, CASE WHEN h.node = $1 THEN o.heard_before
                                 ELSE coalesce(o.heard_at, o.lease_until) END) AS heard_at
  FROM lane_head h
  LEFT JOIN node o ON o.id = h.node
  LEFT JOIN node n ON n.id = h.node AND n.lease_until > clock_timestamp()
 ORDER BY h.lane
