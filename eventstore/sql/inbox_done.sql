UPDATE inbox SET state = 1, error = NULL WHERE node = $1 AND n = ANY($2::bigint[]) AND state = 0
