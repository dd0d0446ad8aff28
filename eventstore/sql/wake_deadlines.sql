-- Awake: the past. If this node dies, whoever takes the lane wakes these shops first.
INSERT INTO deadline (lane, shop_id, due_at)
SELECT lane, shop_id, '-infinity' FROM unnest($1::smallint[], $2::uuid[]) AS w (lane, shop_id)
 ORDER BY lane, shop_id
    ON CONFLICT (lane, shop_id) DO UPDATE SET due_at = '-infinity'
 WHERE deadline.due_at <> '-infinity'
