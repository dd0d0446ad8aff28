-- A shop falls asleep: its real next due instant ($4), or none. Locks one head, so a deposed node
-- cannot overwrite what the next owner wrote, and no two heads are ever held at once.
WITH mine AS (
    SELECT lane FROM lane_head WHERE lane = $1 AND epoch = $2 FOR UPDATE
), gone AS (
    DELETE FROM deadline d USING mine
     WHERE d.lane = mine.lane AND d.shop_id = $3 AND $4::timestamptz IS NULL
)
INSERT INTO deadline (lane, shop_id, due_at)
SELECT lane, $3, $4 FROM mine WHERE $4::timestamptz IS NOT NULL
    ON CONFLICT (lane, shop_id) DO UPDATE SET due_at = excluded.due_at
