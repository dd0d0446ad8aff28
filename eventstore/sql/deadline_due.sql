-- Sleeping shops that are due. $2: also those that were awake when their last owner left.
SELECT lane, shop_id FROM deadline
 WHERE lane = ANY($1::smallint[]) AND due_at <= clock_timestamp()
   AND ($2 OR due_at > '-infinity')
 ORDER BY due_at LIMIT $3
