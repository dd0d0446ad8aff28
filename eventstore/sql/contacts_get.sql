SELECT id, number_id, sealed, last_in_at, last_shop, lang FROM contact WHERE id = ANY($1::uuid[])
