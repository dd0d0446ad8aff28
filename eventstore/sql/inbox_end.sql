UPDATE inbox SET state = $3, error = $4 WHERE node = $1 AND n = $2 AND state = 0
