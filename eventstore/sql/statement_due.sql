-- Money, come or gone back, that its shop has not taken in yet; oldest first.
SELECT transaction_id, kind, reference, shop_id, attempt, status, amount, fees, currency, at,
       source, tries
  FROM provider_transaction
 WHERE account = $1
   AND status IN ('succeeded', 'reversed') AND met IS DISTINCT FROM status
   AND believed AND kind IN ('payment', 'refund') AND shop_id IS NOT NULL
   AND (amount IS NOT NULL OR status = 'reversed')
   AND (next_try IS NULL OR next_try <= clock_timestamp())
 ORDER BY first_seen
 LIMIT $2
