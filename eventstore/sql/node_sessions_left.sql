-- How many of the ended sessions are still there. Newer ones do not count: a node that connects
-- again and again must not hold up its own deposition; the epoch fences it.
SELECT count(*) FROM pg_stat_activity a
  JOIN unnest($1::integer[], $2::timestamptz[]) AS e (pid, start)
    ON a.pid = e.pid AND a.backend_start = e.start
