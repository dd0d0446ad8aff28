SELECT count(*) FROM unmatched_money
