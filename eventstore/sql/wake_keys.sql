SELECT shop_id, client_id, wrapped
  FROM client_key
 WHERE (lane, shop_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
