-- Its shop took it in.
UPDATE provider_transaction SET met = $3, next_try = NULL
 WHERE account = $1 AND transaction_id = $2 AND met IS DISTINCT FROM $3
