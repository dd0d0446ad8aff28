-- Lines of a provider's books, one statement for a page of them; a transaction stands in it once.
--
-- What was only hinted never changes what was read; what was read replaces any hint. Success is
-- sticky until the money goes back, and that is final: answers overtake each other on the way.
-- A refund told under the payment's own id is that payment, reversed. A row that says nothing new
-- is left alone, so that reading the same day again and again writes nothing.
INSERT INTO provider_transaction AS t
       (account, transaction_id, kind, reference, shop_id, attempt, status, amount, fees, currency,
        at, source, believed, next_try)
SELECT $1, u.id, u.kind, u.reference, u.shop_id, u.attempt, u.status, u.amount, u.fees, u.currency,
       u.at, $12, $13,
       -- A hint about somebody else's money: nobody but us will ask whether it is true.
       CASE WHEN NOT $13 AND u.shop_id IS NULL THEN clock_timestamp() END
  FROM unnest($2::text[], $3::text[], $4::text[], $5::uuid[], $6::bigint[], $7::text[],
              $8::bigint[], $9::bigint[], $10::text[], $11::timestamptz[])
       AS u (id, kind, reference, shop_id, attempt, status, amount, fees, currency, at)
    ON CONFLICT (account, transaction_id) DO UPDATE
   SET kind = CASE WHEN t.kind = 'refund' THEN excluded.kind ELSE t.kind END,
       reference = CASE WHEN excluded.believed AND NOT t.believed THEN excluded.reference
                        ELSE coalesce(t.reference, excluded.reference) END,
       shop_id = CASE WHEN excluded.believed AND NOT t.believed THEN excluded.shop_id
                      ELSE coalesce(t.shop_id, excluded.shop_id) END,
       attempt = CASE WHEN excluded.believed AND NOT t.believed THEN excluded.attempt
                      ELSE coalesce(t.attempt, excluded.attempt) END,
       status = CASE
           WHEN excluded.kind = 'refund' AND t.kind <> 'refund' THEN
               CASE WHEN excluded.status IN ('succeeded', 'reversed') THEN 'reversed'
                    ELSE t.status END
           WHEN excluded.believed AND NOT t.believed THEN excluded.status
           WHEN t.status = 'reversed' THEN t.status
           WHEN t.status = 'succeeded' AND excluded.status <> 'reversed' THEN t.status
           ELSE excluded.status END,
       (amount, fees, currency, at) = (SELECT
           CASE WHEN takes THEN excluded.amount ELSE t.amount END,
           CASE WHEN takes THEN excluded.fees ELSE t.fees END,
           CASE WHEN takes THEN excluded.currency ELSE t.currency END,
           CASE WHEN takes THEN excluded.at ELSE t.at END
         FROM (SELECT excluded.believed AND NOT t.believed
                   OR (excluded.amount IS NOT NULL
                       AND NOT (excluded.kind = 'refund' AND t.kind <> 'refund'))) AS c (takes)),
       source = excluded.source,
       believed = excluded.believed,
       tries = CASE WHEN excluded.believed AND NOT t.believed THEN 0 ELSE t.tries END,
       next_try = CASE WHEN excluded.believed AND NOT t.believed THEN NULL ELSE t.next_try END,
       last_seen = clock_timestamp()
 WHERE excluded.believed >= t.believed
   AND (   excluded.believed > t.believed
        OR excluded.kind <> t.kind
        OR excluded.status IS DISTINCT FROM t.status
        OR excluded.amount IS DISTINCT FROM t.amount
        OR excluded.fees IS DISTINCT FROM t.fees
        OR t.last_seen < clock_timestamp() - interval '1 hour')
