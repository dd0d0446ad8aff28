-- What payment providers say about money, as in a bank's statement: one row per transaction, with
-- its newest word. Against it the shops' own facts are compared, so that no franc is overlooked.
-- In the home database. No personal data: names and phones of a provider's answer never get here.
SET LOCAL ROLE livepay_owner;

CREATE TABLE provider_transaction (
    account        text        NOT NULL,
    transaction_id text        NOT NULL,
    -- payment, refund, or the provider's own word for anything else.
    kind           text        NOT NULL,
    -- As it came: ours, somebody else's, or none; shop_id and attempt are what ours says.
    reference      text,
    shop_id        uuid,
    attempt        bigint,
    status         text        NOT NULL,
    -- Minor units, gross or net, as it came; null where nobody can read it.
    amount         bigint,
    fees           bigint,
    currency       text,
    -- The provider's time.
    at             timestamptz,
    first_seen     timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_seen      timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- webhook, list or detail.
    source         text        NOT NULL,
    -- Read from the provider's API or in a signed body; else somebody who knows a secret said so.
    believed       boolean     NOT NULL,
    -- The status its shop has taken in; null before the first.
    met            text,
    -- How often nobody knew it, and when it is looked at again.
    tries          integer     NOT NULL DEFAULT 0,
    next_try       timestamptz,
    alarmed_at     timestamptz,
    PRIMARY KEY (account, transaction_id)
);

-- What its shop has not taken in yet: empty on a quiet day, whatever the history.
CREATE INDEX provider_transaction_due ON provider_transaction (account)
    WHERE status IN ('succeeded', 'reversed') AND met IS DISTINCT FROM status;
CREATE INDEX provider_transaction_attempt ON provider_transaction (shop_id, attempt);
CREATE INDEX provider_transaction_at ON provider_transaction ((coalesce(at, first_seen)));

-- Money that is there and belongs to no order: a reference that is not ours, one that no shop
-- knows though it was asked again and again, or a sum nobody can read.
CREATE VIEW unmatched_money AS
SELECT account, transaction_id, reference, shop_id, attempt, amount, fees, currency, at,
       first_seen, alarmed_at
  FROM provider_transaction
 WHERE believed AND kind = 'payment' AND status = 'succeeded' AND met IS NULL
   AND (shop_id IS NULL OR amount IS NULL OR tries >= 4);

GRANT SELECT, INSERT, UPDATE ON provider_transaction TO livepay_writer;
GRANT SELECT ON unmatched_money TO livepay_writer;
RESET ROLE;
