SELECT lane, shop_id, seq, pos, id, kind, version, at, actor,
       command_id, correlation_id, body::text AS body, hash
  FROM event WHERE lane = $1 AND pos > $2 ORDER BY pos LIMIT $3
