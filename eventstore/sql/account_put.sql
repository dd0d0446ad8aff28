INSERT INTO account (id, provider, sealed) VALUES ($1, $2, $3)
    ON CONFLICT (id) DO UPDATE SET provider = excluded.provider, sealed = excluded.sealed
