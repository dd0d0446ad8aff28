UPDATE inbox SET state = 0, attempts = 0, error = NULL WHERE node = $1 AND n = $2 AND state = 2
