-- One node talks for an account, so that one pacer sees all its calls.
UPDATE account u SET node = $2
 WHERE u.id = ANY($1::text[])
   AND (u.node IS NULL OR u.node = $2 OR NOT EXISTS (
        SELECT FROM node o WHERE o.id = u.node AND o.lease_until > clock_timestamp()))
RETURNING u.id
