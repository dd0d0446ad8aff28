-- Unmatched money nobody was told of yet; told once.
UPDATE provider_transaction t SET alarmed_at = clock_timestamp()
  FROM unmatched_money u
 WHERE t.account = $1 AND u.account = t.account AND u.transaction_id = t.transaction_id
   AND t.alarmed_at IS NULL
RETURNING t.transaction_id, t.amount, t.currency, t.shop_id
