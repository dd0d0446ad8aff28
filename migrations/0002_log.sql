-- The log: heads, nodes, events, receipts.
SET LOCAL ROLE livepay_owner;

-- One row per process. Renewed on a connection of its own and by the database's clock, so that
-- neither a busy committer nor a wrong wall clock can lose or keep a lease.
CREATE TABLE node (
    id          text        PRIMARY KEY,
    url         text,
    speaks      integer     NOT NULL,
    lease_until timestamptz NOT NULL
);

-- The head of a lane is its fence (epoch), its allocator (pos) and its commit order in one row,
-- updated by every batch. fillfactor 20 leaves room so that each update stays on its page (HOT)
-- and old versions are pruned without VACUUM. `speaks` is the newest event shape ever leased here.
CREATE TABLE lane_head (
    lane   smallint PRIMARY KEY CHECK (lane BETWEEN 0 AND 255),
    pos    bigint   NOT NULL DEFAULT 0,
    batch  bigint   NOT NULL DEFAULT 0,
    epoch  bigint   NOT NULL DEFAULT 0,
    node   text,
    speaks integer  NOT NULL DEFAULT 0
) WITH (fillfactor = 20);
INSERT INTO lane_head (lane) SELECT generate_series(0, 255);

-- `body` is json, not jsonb: jsonb would rewrite the very bytes that were hashed.
-- Lane leads every key so that lanes may live in several databases later.
CREATE TABLE event (
    lane           smallint    NOT NULL,
    shop_id        uuid        NOT NULL,
    seq            bigint      NOT NULL,
    pos            bigint      NOT NULL,
    id             uuid        NOT NULL,
    kind           text        NOT NULL,
    version        smallint    NOT NULL,
    at             timestamptz NOT NULL,
    actor          text        NOT NULL,
    command_id     uuid        NOT NULL,
    correlation_id uuid        NOT NULL,
    body           json        NOT NULL,
    hash           bytea       NOT NULL,
    PRIMARY KEY (lane, shop_id, seq),
    UNIQUE (lane, pos)
);

-- What a command was answered, refusals included, so that a repeat gets the same answer.
-- No personal data. Kept 35 days.
CREATE TABLE receipt (
    lane       smallint    NOT NULL,
    shop_id    uuid        NOT NULL,
    command_id uuid        NOT NULL,
    pos        bigint      NOT NULL,
    seq        bigint      NOT NULL,
    at         timestamptz NOT NULL,
    -- text, as the outbox body: written by the decider, read back whole.
    outcome    text        NOT NULL,
    PRIMARY KEY (lane, shop_id, command_id)
);

-- The keys of a shop's clients, wrapped by the master key. Deleting a row forgets the person.
CREATE TABLE client_key (
    lane      smallint NOT NULL,
    shop_id   uuid     NOT NULL,
    client_id uuid     NOT NULL,
    wrapped   bytea    NOT NULL,
    PRIMARY KEY (lane, shop_id, client_id)
);

-- The state of a shop at `seq`, with the chain's tip there. May be thrown away at any time.
CREATE TABLE snapshot (
    lane    smallint NOT NULL,
    shop_id uuid     NOT NULL,
    seq     bigint   NOT NULL,
    shape   integer  NOT NULL,
    tip     bytea    NOT NULL,
    body    bytea    NOT NULL,
    PRIMARY KEY (lane, shop_id)
);
-- Compressing megabytes inside the server costs more than the disk they take until the next one.
ALTER TABLE snapshot ALTER COLUMN body SET STORAGE EXTERNAL;

-- When to knock. Asleep: the shop's next due instant. Awake: the past, so that whoever takes the
-- lane after a crash wakes the shop at once.
CREATE TABLE deadline (
    lane    smallint    NOT NULL,
    shop_id uuid        NOT NULL,
    due_at  timestamptz NOT NULL,
    PRIMARY KEY (lane, shop_id)
);
CREATE INDEX deadline_due ON deadline (lane, due_at);

-- How far each projection has read each lane; moved by compare-and-set only.
CREATE TABLE checkpoint (
    projection text     NOT NULL,
    lane       smallint NOT NULL,
    pos        bigint   NOT NULL,
    PRIMARY KEY (projection, lane)
);

-- A shop a projection stumbled over: skipped from `pos` on until somebody retries or skips.
CREATE TABLE park (
    projection text        NOT NULL,
    lane       smallint    NOT NULL,
    shop_id    uuid        NOT NULL,
    pos        bigint      NOT NULL,
    error      text        NOT NULL,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (projection, shop_id)
);
RESET ROLE;
