-- What the provider has under one of our references.
SELECT transaction_id, kind, reference, shop_id, attempt, status, amount, fees, currency, at,
       source, tries
  FROM provider_transaction
 WHERE account = $1 AND shop_id = $2 AND attempt = $3 AND believed
 ORDER BY first_seen
