-- All payments that succeeded or went back since an instant, of one shop or of all.
SELECT account, transaction_id, kind, reference, shop_id, attempt, status, amount, fees, currency,
       at, source, tries, met, first_seen
  FROM provider_transaction
 WHERE coalesce(at, first_seen) >= $1
   AND believed AND kind = 'payment' AND status IN ('succeeded', 'reversed')
   AND ($2::uuid IS NULL OR shop_id = $2)
   AND ($3::text IS NULL OR account = $3)
 ORDER BY coalesce(at, first_seen), account, transaction_id
