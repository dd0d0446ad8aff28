-- One batch, one statement. `moved` is fence, allocator and commit order at once: a lane whose
-- epoch or batch is not the expected one drops out, and with it every row joined to it.
-- Positions, sequences, times and hashes are bound, never computed here; bodies come as text so
-- that the stored bytes are the hashed ones.
WITH moved AS (
    UPDATE lane_head h
       SET pos = h.pos + l.n, batch = h.batch + 1
      FROM unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::bigint[])
           AS l (lane, epoch, batch, n)
     WHERE h.lane = l.lane AND h.epoch = l.epoch AND h.batch = l.batch
    RETURNING h.lane, h.batch, h.pos - l.n AS base
), events AS (
    INSERT INTO event (lane, shop_id, seq, pos, id, kind, version, at, actor,
                       command_id, correlation_id, body, hash)
    SELECT m.lane, e.shop_id, e.seq, m.base + e.off, e.id, e.kind, e.version, e.at, e.actor,
           e.command_id, e.correlation_id, e.body::json, e.hash
      FROM unnest($5::smallint[], $6::bigint[], $7::uuid[], $8::bigint[], $9::uuid[],
                  $10::text[], $11::smallint[], $12::timestamptz[], $13::text[],
                  $14::uuid[], $15::uuid[], $16::text[], $17::bytea[])
           AS e (lane, off, shop_id, seq, id, kind, version, at, actor,
                 command_id, correlation_id, body, hash)
      JOIN moved m ON m.lane = e.lane
), receipts AS (
    INSERT INTO receipt (lane, shop_id, command_id, pos, seq, at, outcome)
    SELECT m.lane, r.shop_id, r.command_id, m.base + r.off, r.seq, r.at, r.outcome
      FROM unnest($18::smallint[], $19::uuid[], $20::uuid[], $21::bigint[], $22::bigint[],
                  $23::timestamptz[], $24::text[])
           AS r (lane, shop_id, command_id, off, seq, at, outcome)
      JOIN moved m ON m.lane = r.lane
), promises AS (
    INSERT INTO outbox (lane, batch, n, shop_id, sender, recipient, class, kind, body, at,
                        due_at, not_after)
    SELECT m.lane, m.batch, p.n, p.shop_id, p.sender, p.recipient, p.class, p.kind,
           p.body, p.at, p.at, p.not_after
      FROM unnest($25::smallint[], $26::integer[], $27::uuid[], $28::text[], $29::uuid[],
                  $30::smallint[], $31::text[], $32::text[], $33::timestamptz[],
                  $34::timestamptz[])
           AS p (lane, n, shop_id, sender, recipient, class, kind, body, at, not_after)
      JOIN moved m ON m.lane = p.lane
), keys AS (
    INSERT INTO client_key (lane, shop_id, client_id, wrapped)
    SELECT m.lane, k.shop_id, k.client_id, k.wrapped
      FROM unnest($35::smallint[], $36::uuid[], $37::uuid[], $38::bytea[])
           AS k (lane, shop_id, client_id, wrapped)
      JOIN moved m ON m.lane = k.lane
)
SELECT lane, base, clock_timestamp() AS now FROM moved
