-- The newest usable snapshot of each shop about to wake; another shape is ignored.
SELECT shop_id, seq, tip, body
  FROM snapshot
 WHERE (lane, shop_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[])) AND shape = $3
