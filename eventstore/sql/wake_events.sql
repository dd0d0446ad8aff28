-- The tails of shops about to wake, each after its own sequence, in order.
SELECT e.lane, e.shop_id, e.seq, e.pos, e.id, e.kind, e.version, e.at, e.actor,
       e.command_id, e.correlation_id, e.body::text AS body, e.hash
  FROM unnest($1::smallint[], $2::uuid[], $3::bigint[]) AS w (lane, shop_id, after)
 CROSS JOIN LATERAL (
       SELECT * FROM event i
        WHERE i.lane = w.lane AND i.shop_id = w.shop_id AND i.seq > w.after
        ORDER BY i.seq LIMIT $4) e
