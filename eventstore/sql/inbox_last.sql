SELECT coalesce(max(n), 0) FROM inbox WHERE node = $1
