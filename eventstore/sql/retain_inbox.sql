-- The row stays as proof that the POST was seen; what nobody can read any more goes.
UPDATE inbox SET body = ''
 WHERE at_day < (clock_timestamp() - interval '36 days')::date AND body <> ''
   AND (node, n) IN (SELECT node, n FROM inbox
                      WHERE at_day < (clock_timestamp() - interval '36 days')::date
                        AND body <> '' LIMIT 1000)
