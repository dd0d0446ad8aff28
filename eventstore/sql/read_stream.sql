SELECT lane, shop_id, seq, pos, id, kind, version, at, actor,
       command_id, correlation_id, body::text AS body, hash
  FROM event WHERE lane = $1 AND shop_id = $2 AND seq > $3 ORDER BY seq LIMIT $4
