-- The summary of one live, straight from the log and by another way than the reading's.
-- $1 the shop, $2 the live, $3 the settled one? (else the one of its end). One row, one jsonb.
WITH raw AS (
    SELECT e.seq, e.at, e.kind, f.value::jsonb AS f, (f.value ->> 'order')::bigint AS ord
      FROM event e
     CROSS JOIN LATERAL json_each(e.body) room CROSS JOIN LATERAL json_each(room.value) f
     WHERE e.shop_id = $1
), mark AS (
    SELECT max(seq) FILTER (WHERE kind = CASE WHEN $3 THEN 'LiveSettled' ELSE 'LiveEnded' END) AS cut,
           max(seq) FILTER (WHERE kind = 'LiveStarted') AS start,
           max(at) FILTER (WHERE kind = 'LiveStarted') AS start_at,
           max(seq) FILTER (WHERE kind = 'LiveClosing') AS fin,
           max(at) FILTER (WHERE kind = 'LiveClosing') AS fin_at
      FROM raw WHERE (f ->> 'live')::bigint = $2
), log AS (
    SELECT raw.* FROM raw, mark WHERE seq <= cut
), variant AS (
    SELECT (f ->> 'variant')::bigint AS variant, (f ->> 'product')::bigint AS product
      FROM log WHERE kind = 'VariantAdded'
), price AS ( -- of a product, from when on
    SELECT seq, (f ->> 'product')::bigint AS product, (f ->> 'price')::bigint AS price
      FROM log WHERE kind IN ('ProductAdded', 'ProductChanged') AND f ? 'price'
), placed AS ( -- every order of the shop, since when it is one
    SELECT ord, f ->> 'client' AS client, (f ->> 'live')::bigint AS live, at
      FROM log WHERE kind = 'OrderPlaced'
     UNION ALL
    SELECT m.ord, m.f ->> 'client', (m.f ->> 'live')::bigint, a.at
      FROM log m JOIN log a USING (ord) WHERE m.kind = 'OfferMade' AND a.kind = 'OfferAccepted'
), money AS ( -- its last word about money, unless a reversal came right after its own success
    SELECT DISTINCT ON (ord) ord, kind = 'PaymentConfirmed' AS paid, seq,
           (f ->> 'amount')::bigint AS amount, (f ->> 'paid_at')::timestamptz AS paid_at
      FROM log m
     WHERE kind = 'PaymentConfirmed' OR kind = 'PaymentReversed' AND NOT EXISTS (
           SELECT FROM log b WHERE b.seq = m.seq - 1 AND b.kind = 'PaymentObserved'
              AND b.f ->> 'status' = 'succeeded' AND b.f ->> 'attempt' = m.f ->> 'attempt')
     ORDER BY ord, seq DESC
), fate AS (
    SELECT DISTINCT ON (ord) ord, kind
      FROM log WHERE kind IN ('HoldExpired', 'OrderCancelled', 'OrderReopened', 'LatePaymentHonoured')
     ORDER BY ord, seq DESC
), given AS (
    SELECT m.ord, sum((d.f ->> 'amount')::bigint)::bigint AS back
      FROM money m JOIN log d ON d.ord = m.ord AND d.seq > m.seq
     WHERE d.kind = 'RefundDue' AND d.f ->> 'reason' = 'vendor_cancelled' GROUP BY m.ord
), touch AS ( -- what was said of a line: the last word counts, and a swap begins anew
    SELECT seq, kind, ord, l.variant, l.quantity, l.unit_price
      FROM log CROSS JOIN LATERAL jsonb_to_recordset(f -> 'lines')
           AS l(variant bigint, quantity bigint, unit_price bigint)
     WHERE kind IN ('OrderPlaced', 'OrderSwapped')
     UNION ALL
    SELECT seq, kind, ord, (f #>> '{line,variant}')::bigint, (f #>> '{line,quantity}')::bigint,
           (f #>> '{line,unit_price}')::bigint FROM log WHERE kind = 'LineAdded'
     UNION ALL
    SELECT seq, kind, ord, (f ->> 'variant')::bigint, (f ->> 'to')::bigint, NULL
      FROM log WHERE kind = 'LineChanged'
     UNION ALL
    SELECT seq, kind, ord, (f #>> '{units,variant}')::bigint, 0, NULL
      FROM log WHERE kind = 'LineRemoved'
     UNION ALL
    SELECT o.seq, o.kind, o.ord, v.variant, (o.f ->> 'quantity')::bigint,
           (SELECT p.price FROM price p WHERE p.product = v.product AND p.seq < o.seq
             ORDER BY p.seq DESC LIMIT 1)
      FROM log o JOIN variant v ON v.variant = (o.f ->> 'variant')::bigint
     WHERE o.kind = 'OfferMade'
), line AS (
    SELECT DISTINCT ON (t.ord, t.variant) t.ord, v.product, t.quantity,
           (SELECT u.unit_price FROM touch u WHERE (u.ord, u.variant) = (t.ord, t.variant)
               AND u.unit_price IS NOT NULL AND u.seq <= t.seq ORDER BY u.seq DESC LIMIT 1) AS price
      FROM touch t JOIN variant v USING (variant)
     WHERE t.seq >= coalesce((SELECT max(s.seq) FROM touch s
                               WHERE s.ord = t.ord AND s.kind = 'OrderSwapped'), 0)
     ORDER BY t.ord, t.variant, t.seq DESC
), orders AS (
    SELECT p.*, coalesce(m.paid, false) AS paid, m.paid_at, fate.kind AS fate,
           CASE WHEN m.paid THEN greatest(m.amount - coalesce(g.back, 0), 0) ELSE 0 END AS counts,
           (SELECT coalesce(sum(quantity * price), 0)::bigint FROM line l WHERE l.ord = p.ord) AS total
      FROM placed p LEFT JOIN money m USING (ord) LEFT JOIN fate USING (ord)
      LEFT JOIN given g USING (ord)
), mine AS (
    SELECT *, CASE WHEN paid THEN 'paid' WHEN fate = 'HoldExpired' THEN 'expired'
                   WHEN fate = 'OrderCancelled' THEN 'cancelled' ELSE 'open' END AS state,
           greatest(floor(extract(epoch FROM paid_at - at)), 0)::bigint AS took
      FROM orders WHERE live = $2
), minute AS (
    SELECT date_trunc('minute', at) AS minute, count(*) AS orders FROM mine GROUP BY 1
     ORDER BY 2 DESC, 1 LIMIT 1
), unmet AS (
    SELECT (f ->> 'product')::bigint AS product, max((f ->> 'quantity')::bigint
           * (f ->> 'unit_price')::bigint) AS amount
      FROM log WHERE kind = 'DemandUnmet' AND (f ->> 'live')::bigint = $2
     GROUP BY f ->> 'client', f ->> 'variant', 1
), delta AS ( -- units that become free (or not), and those of them that came in
    SELECT seq, at, (f ->> 'variant')::bigint AS variant, by AS free, by AS came
      FROM log CROSS JOIN LATERAL (SELECT CASE kind WHEN 'StockReceived' THEN (f ->> 'quantity')::bigint
           WHEN 'StockAdjusted' THEN (f ->> 'by')::bigint ELSE -(f ->> 'by')::bigint END AS by) b
     WHERE kind IN ('StockReceived', 'StockAdjusted', 'StockBlocked')
     UNION ALL
    SELECT seq, at, l.variant, -l.quantity, 0 FROM log CROSS JOIN LATERAL
           jsonb_to_recordset(f -> 'lines') AS l(variant bigint, quantity bigint)
     WHERE kind = 'OrderPlaced' AND NOT f ? 'unheld'
     UNION ALL
    SELECT seq, at, (f #>> '{line,variant}')::bigint, -(f #>> '{line,quantity}')::bigint, 0
      FROM log WHERE kind = 'LineAdded' AND NOT f ? 'unheld'
     UNION ALL
    SELECT seq, at, (f ->> 'variant')::bigint, (f ->> 'from')::bigint - (f ->> 'to')::bigint, 0
      FROM log WHERE kind = 'LineChanged' AND NOT f ? 'unheld'
     UNION ALL
    SELECT seq, at, (f #>> '{units,variant}')::bigint, (f #>> '{units,quantity}')::bigint, 0
      FROM log WHERE kind = 'LineRemoved' AND NOT f ? 'unheld'
     UNION ALL
    SELECT seq, at, u.variant, CASE WHEN kind IN ('HoldExpired', 'OrderCancelled', 'OrderReturned')
           THEN u.quantity ELSE -u.quantity END, CASE kind WHEN 'OrderReturned' THEN u.quantity ELSE 0 END
      FROM log CROSS JOIN LATERAL jsonb_to_recordset(f -> 'units') AS u(variant bigint, quantity bigint)
     WHERE kind IN ('UnitsTaken', 'OrderReopened', 'HoldExpired', 'OrderCancelled', 'OrderReturned')
        OR kind = 'OrderConfirmed' AND f ? 'from_available'
     UNION ALL
    SELECT o.seq, o.at, (m.f ->> 'variant')::bigint,
           CASE o.kind WHEN 'OfferMade' THEN -1 ELSE 1 END * (o.f ->> 'quantity')::bigint, 0
      FROM log o JOIN log m ON m.kind = 'OfferMade' AND m.ord = o.ord
     WHERE o.kind IN ('OfferMade', 'OfferDeclined', 'OfferLapsed')
), step AS ( -- how many of a product are free after each of them
    SELECT product, seq, at, sum(sum(free)) OVER (PARTITION BY product ORDER BY seq) AS free,
           sum(came) AS came FROM delta JOIN variant USING (variant) GROUP BY product, seq, at
), during AS (
    SELECT s.product, m.start AS seq, m.start_at AS at, (array_agg(s.free ORDER BY s.seq DESC))[1] AS free
      FROM step s, mark m WHERE s.seq < m.start GROUP BY 1, 2, 3
     UNION ALL
    SELECT s.product, s.seq, s.at, s.free FROM step s, mark m WHERE s.seq > m.start AND s.seq < m.fin
), flip AS (
    SELECT product, seq, at, out, lead(at) OVER (PARTITION BY product ORDER BY seq) AS until
      FROM (SELECT *, free <= 0 AS out,
                   lag(free <= 0) OVER (PARTITION BY product ORDER BY seq) AS was FROM during) d
     WHERE out IS DISTINCT FROM was
), out AS (
    SELECT product, min(at) AS out_at,
           sum(floor(extract(epoch FROM coalesce(until, fin_at) - at)))::bigint AS seconds
      FROM flip, mark WHERE out GROUP BY product
), offered AS (
    SELECT product, greatest(sum(units), 0)::bigint AS units FROM (
        SELECT product, free AS units FROM during, mark WHERE seq = start
         UNION ALL
        SELECT product, came FROM step s, mark m WHERE s.seq > m.start AND s.seq < m.fin) u
     GROUP BY product
), sold AS (
    SELECT product, sum(quantity)::bigint AS units, sum(quantity * price)::bigint AS amount
      FROM line JOIN mine USING (ord) WHERE state = 'paid' AND quantity > 0 GROUP BY product
), listed AS (
    SELECT product FROM line JOIN mine USING (ord) WHERE quantity > 0
     UNION SELECT product FROM unmet
     UNION SELECT (f ->> 'product')::bigint FROM log
            WHERE kind = 'ProductShown' AND (f ->> 'live')::bigint = $2
), payer AS (
    SELECT client, EXISTS (SELECT FROM orders o, mark
                            WHERE o.client = m.client AND o.paid AND o.paid_at < start_at) AS before
      FROM mine m WHERE state = 'paid' GROUP BY client
), counted AS (
    SELECT count(*) AS placed, count(*) FILTER (WHERE state = 'paid') AS paid,
           count(*) FILTER (WHERE state = 'expired') AS expired,
           count(*) FILTER (WHERE state = 'cancelled') AS cancelled,
           count(*) FILTER (WHERE state = 'open') AS open,
           coalesce(sum(total) FILTER (WHERE state = 'paid'), 0)::bigint AS gross,
           coalesce(sum(counts), 0)::bigint AS net,
           percentile_disc(0.5) WITHIN GROUP (ORDER BY took) FILTER (WHERE state = 'paid') AS median,
           percentile_disc(0.9) WITHIN GROUP (ORDER BY took) FILTER (WHERE state = 'paid') AS p90
      FROM mine
)
SELECT jsonb_build_object('placed', placed, 'paid', paid, 'expired', expired, 'cancelled', cancelled,
       'open', open, 'gross', gross, 'net', net, 'pay_median', median, 'pay_p90', p90,
       'conversion', 1000 * paid / nullif(paid + expired + cancelled, 0),
       'seconds', floor(extract(epoch FROM fin_at - start_at))::bigint,
       'returning_clients', (SELECT count(*) FROM payer WHERE before),
       'new_clients', (SELECT count(*) FROM payer WHERE NOT before),
       'lost', (SELECT coalesce(sum(amount), 0)::bigint FROM unmet),
       'best', (SELECT product FROM sold ORDER BY units DESC, amount DESC, product LIMIT 1),
       'peak', (SELECT jsonb_build_array(extract(epoch FROM minute)::bigint, orders, (
                SELECT (SELECT f ->> 'keyword' FROM log k WHERE k.kind = 'ProductAdded'
                           AND k.f ->> 'product' = s.f ->> 'product')
                  FROM log s WHERE kind = 'ProductShown' AND (f ->> 'live')::bigint = $2
                   AND at < minute + interval '1 minute' ORDER BY seq DESC LIMIT 1)) FROM minute),
       'products', (SELECT coalesce(jsonb_object_agg(product, jsonb_build_array(
                coalesce(s.units, 0), coalesce(s.amount, 0), coalesce(o.units, 0),
                extract(epoch FROM out_at), coalesce(seconds, 0),
                (SELECT coalesce(sum(amount), 0)::bigint FROM unmet u WHERE u.product = l.product))), '{}')
           FROM listed l LEFT JOIN sold s USING (product) LEFT JOIN offered o USING (product)
           LEFT JOIN out USING (product)))
  FROM counted, mark
