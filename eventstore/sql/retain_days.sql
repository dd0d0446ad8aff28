-- With a day's key its webhook bodies become unreadable, wherever copies of the rows are.
DELETE FROM day_key WHERE day < (clock_timestamp() - interval '35 days')::date
