-- Pictures of what shops sell. Goods, not people: what a camera writes beside the picture (where it
-- stood, whose it is) is cut off before it gets here.
SET LOCAL ROLE livepay_owner;

-- hash: SHA-256 of the bytes, so that an address means one picture for ever and may be kept.
-- Never changed and never deleted: facts of the past name old ones.
CREATE TABLE photo (
    lane    smallint    NOT NULL,
    shop_id uuid        NOT NULL,
    hash    bytea       NOT NULL CHECK (octet_length(hash) = 32),
    -- image/jpeg, image/png or image/webp.
    media   text        NOT NULL,
    bytes   bytea       NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (lane, shop_id, hash)
);
-- Pictures are compressed already.
ALTER TABLE photo ALTER COLUMN bytes SET STORAGE EXTERNAL;

GRANT SELECT, INSERT ON photo TO livepay_writer;
GRANT SELECT ON photo TO livepay_reader;

-- As in 0005: a reader sees the shop named in livepay.shop.
ALTER TABLE photo ENABLE ROW LEVEL SECURITY;
ALTER TABLE photo FORCE ROW LEVEL SECURITY;
CREATE POLICY staff ON photo TO livepay_owner, livepay_writer, livepay_projector
    USING (true) WITH CHECK (true);
CREATE POLICY one_shop ON photo FOR SELECT TO livepay_reader
    USING (shop_id = nullif(current_setting('livepay.shop', true), '')::uuid);
RESET ROLE;
