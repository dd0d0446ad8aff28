-- Money somebody who knows a secret spoke of, and of which no shop will ask.
SELECT transaction_id
  FROM provider_transaction
 WHERE account = $1 AND NOT believed
   AND status IN ('succeeded', 'reversed') AND met IS DISTINCT FROM status
   AND next_try <= clock_timestamp()
 ORDER BY next_try
 LIMIT $2
