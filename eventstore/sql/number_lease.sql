-- One node sends from a number: ours already, nobody's, or a lapsed node's.
UPDATE number u SET node = $2
 WHERE u.id = ANY($1::text[])
   AND (u.node IS NULL OR u.node = $2 OR NOT EXISTS (
        SELECT FROM node o WHERE o.id = u.node AND o.lease_until > clock_timestamp()))
RETURNING u.id
