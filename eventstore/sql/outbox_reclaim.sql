-- Leases of an earlier life of this node lapse now: that process is dead, or it could not have
-- lost its name. Whether the words were said is as doubtful as with any lapsed lease.
UPDATE outbox SET lease_until = clock_timestamp() - interval '1 ms'
 WHERE state = 1 AND lease_node = $1
