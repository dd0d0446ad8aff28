UPDATE inbox SET state = 2, error = $3 WHERE node = $1 AND n = $2 AND state = 0
