INSERT INTO node AS n (id, url, speaks, lease_until, heard_at)
VALUES ($1, $2, $3, clock_timestamp() + make_interval(secs => $4), clock_timestamp())
    ON CONFLICT (id) DO UPDATE
   SET url = excluded.url, speaks = excluded.speaks, lease_until = excluded.lease_until,
       heard_before = coalesce(n.heard_at, least(n.lease_until, clock_timestamp())),
       heard_at = excluded.heard_at
