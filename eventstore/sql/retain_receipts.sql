-- Receipts are kept 35 days: longer than anybody repeats himself. One lane at a time keeps each
-- statement short.
DELETE FROM receipt WHERE lane = $1 AND at < clock_timestamp() - interval '35 days'
