-- Only a lease that still lives is renewed: a node that slept through it must register again,
-- without its lanes.
UPDATE node SET lease_until = clock_timestamp() + make_interval(secs => $2), heard_at = clock_timestamp()
 WHERE id = $1 AND lease_until > clock_timestamp()
RETURNING lease_until
