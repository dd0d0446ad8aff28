INSERT INTO day_key (day, wrapped) VALUES ($1, $2) ON CONFLICT (day) DO NOTHING
