SELECT state, class, count(*) AS rows, min(at) AS oldest
  FROM outbox WHERE state < 2 OR state IN (4, 5)
 GROUP BY state, class ORDER BY state, class
