-- Not now: looked at again after so many seconds, or never.
UPDATE provider_transaction
   SET next_try = coalesce(clock_timestamp() + make_interval(secs => $3), 'infinity')
 WHERE account = $1 AND transaction_id = $2
