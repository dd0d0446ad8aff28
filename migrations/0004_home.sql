-- The home database: who we speak for, whom we spoke with, and what came in. In one database even
-- when lanes are spread over several. Everything about a person is sealed or an HMAC.
SET LOCAL ROLE livepay_owner;

CREATE TABLE account (
    id       text  PRIMARY KEY,
    provider text  NOT NULL,
    sealed   bytea NOT NULL,
    node     text
);

-- id: HMAC of the provider's number id. node: the one process that sends from this number.
CREATE TABLE number (
    id      text  PRIMARY KEY,
    shop_id uuid,
    sealed  bytea NOT NULL,
    node    text
);

-- A person on one of our numbers, before any shop: the 24-hour window, language, last shop.
CREATE TABLE contact (
    id         uuid        PRIMARY KEY,
    number_id  text        NOT NULL,
    sealed     bytea       NOT NULL,
    last_in_at timestamptz NOT NULL,
    last_shop  uuid,
    lang       text
);

-- One row per webhook POST. (door, sha) makes a repeated POST one row. Order of work is
-- (received_at, node, n): the database's clock, then the order in which the node took them.
-- state: 0 open, 1 done, 2 dead letter. Bodies are sealed under the day's key.
CREATE TABLE inbox (
    node        text        NOT NULL,
    n           bigint      NOT NULL,
    door        text        NOT NULL,
    sha         bytea       NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    at_day      date        NOT NULL,
    body        bytea       NOT NULL,
    state       smallint    NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 2),
    attempts    integer     NOT NULL DEFAULT 0,
    error       text,
    PRIMARY KEY (node, n),
    UNIQUE (door, sha)
);
CREATE INDEX inbox_open ON inbox (received_at) WHERE state = 0;
CREATE INDEX inbox_dead ON inbox (received_at) WHERE state = 2;

-- Destroying a row makes the day's bodies unreadable, backups of the table included.
CREATE TABLE day_key (
    day     date  PRIMARY KEY,
    wrapped bytea NOT NULL
);
RESET ROLE;
