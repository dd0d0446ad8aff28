-- What has waited for its sender longer than it should, oldest first.
SELECT shop_id, body FROM outbox
 WHERE sender = $1 AND kind = $2 AND state = 0
   AND at < clock_timestamp() - make_interval(secs => $3)
 ORDER BY at
 LIMIT $4
