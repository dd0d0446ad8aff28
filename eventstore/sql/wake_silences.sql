SELECT lane, from_at, until_at FROM silence
 WHERE lane = ANY($1::smallint[]) AND until_at > $2 ORDER BY until_at
