-- Which of these commands were answered before.
SELECT r.command_id, r.shop_id, r.pos, r.seq, r.outcome::text AS outcome
  FROM unnest($1::smallint[], $2::uuid[], $3::uuid[]) AS q (lane, shop_id, command_id)
  JOIN receipt r USING (lane, shop_id, command_id)
