INSERT INTO node (id, url, speaks, lease_until)
VALUES ($1, $2, $3, clock_timestamp() + make_interval(secs => $4))
    ON CONFLICT (id) DO UPDATE
   SET url = excluded.url, speaks = excluded.speaks, lease_until = excluded.lease_until
