-- Promises: what must be said or asked outside, committed with the facts they follow from.
SET LOCAL ROLE livepay_owner;

-- Keyed by batch, not by position: a batch of refusals moves `batch` but has no event.
-- state: 0 waiting, 1 leased, 2 sent, 3 dropped, 4 dead, 5 unknown (maybe sent, never repeated).
-- status: the provider's word by rank (0 none), only ever rising.
-- provider_ref: HMAC of the provider's message id, so that a stolen table names no message.
CREATE TABLE outbox (
    lane         smallint    NOT NULL,
    batch        bigint      NOT NULL,
    n            integer     NOT NULL,
    shop_id      uuid        NOT NULL,
    -- "C": an opaque id needs no language's order, and comparing bytes is what an index does best.
    sender       text COLLATE "C" NOT NULL,
    recipient    uuid,
    class        smallint    NOT NULL,
    kind         text        NOT NULL,
    -- text: the decider wrote it and only its worker reads it; checking it again in every commit
    -- costs more than the cast of the few that are looked at by hand.
    body         text        NOT NULL,
    at           timestamptz NOT NULL,
    not_after    timestamptz,
    state        smallint    NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 5),
    attempts     integer     NOT NULL DEFAULT 0,
    due_at       timestamptz NOT NULL,
    lease_until  timestamptz,
    lease_node   text,
    provider_ref text,
    status       smallint    NOT NULL DEFAULT 0,
    error        text,
    done_at      timestamptz,
    PRIMARY KEY (lane, batch, n)
) WITH (fillfactor = 80);

-- Only what is still to do is indexed: these stay small however long the history grows.
-- One index for both questions (what waits for this sender, what is older in this conversation):
-- a second one costs the commit of every promise more than it spares the few that are claimed.
CREATE INDEX outbox_waiting ON outbox (sender, recipient, at) WHERE state < 2;
CREATE INDEX outbox_trouble ON outbox (state) WHERE state IN (4, 5);
CREATE UNIQUE INDEX outbox_provider ON outbox (provider_ref) WHERE provider_ref IS NOT NULL;
RESET ROLE;
