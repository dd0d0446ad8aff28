-- Sleeping shops that are due. $2: also those that were awake when their last owner left. A first
-- row without a shop says that the database answers, and when.
SELECT NULL::uuid AS shop_id, clock_timestamp() AS now
 UNION ALL
(SELECT shop_id, NULL FROM deadline
 WHERE lane = ANY($1::smallint[]) AND due_at <= clock_timestamp()
   AND ($2 OR due_at > '-infinity')
 ORDER BY due_at LIMIT $3)
