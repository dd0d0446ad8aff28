-- Nobody knew it. Our own commit may be on its way: it is asked again soon, then daily.
UPDATE provider_transaction
   SET tries = tries + 1,
       next_try = clock_timestamp() + CASE tries WHEN 0 THEN interval '1 second'
                                                 WHEN 1 THEN interval '5 seconds'
                                                 WHEN 2 THEN interval '30 seconds'
                                                 ELSE interval '1 day' END
 WHERE account = $1 AND transaction_id = $2
RETURNING tries
