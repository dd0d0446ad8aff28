-- Building read models anew while the old ones answer: see projections/src/rebuild/.
--
-- The new generation grows in a schema of its own, under the same names, with its own checkpoints
-- and parked shops. The swap moves the old tables to a third schema and the new ones to their
-- place; what was moved away is dropped afterwards.
CREATE SCHEMA reading_next AUTHORIZATION livepay_projector;
CREATE SCHEMA reading_old AUTHORIZATION livepay_projector;

SET LOCAL ROLE livepay_owner;

-- The rebuild under way, or the last one: one row, so that there is one per database. `holder` is
-- the process at it; its lease counts by the database's clock, and whoever finds it lapsed may go
-- on with the work or throw it away.
CREATE TABLE rebuild (
    one         boolean     PRIMARY KEY DEFAULT true CHECK (one),
    holder      uuid,
    lease_until timestamptz NOT NULL,
    -- prepare, replay, index, catchup, golive, done, refused, aborted
    phase       text        NOT NULL,
    models      text[]      NOT NULL,
    versions    integer[]   NOT NULL,
    -- Which program's code fills the tables: another one's leftovers are not gone on with.
    program     text        NOT NULL,
    -- Events to read when it began.
    total       bigint      NOT NULL DEFAULT 0,
    note        text,
    started_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Events that somebody let a model pass over: by whom, when, and why they could not be taken in.
-- It counts for the model's version of that day; a newer one tries them again.
CREATE TABLE skipped (
    projection text        NOT NULL,
    version    integer     NOT NULL,
    lane       smallint    NOT NULL,
    shop_id    uuid        NOT NULL,
    pos        bigint      NOT NULL,
    error      text        NOT NULL,
    by         text        NOT NULL,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (lane, shop_id, projection, version, pos)
);
ALTER TABLE skipped ENABLE ROW LEVEL SECURITY;
ALTER TABLE skipped FORCE ROW LEVEL SECURITY;
CREATE POLICY staff ON skipped TO livepay_owner, livepay_writer, livepay_projector
    USING (true) WITH CHECK (true);
CREATE POLICY one_shop ON skipped FOR SELECT TO livepay_reader
    USING (shop_id = nullif(current_setting('livepay.shop', true), '')::uuid);

-- Readers lock it in ACCESS SHARE before they take their snapshot, the swap in ACCESS EXCLUSIVE:
-- so no reader looks into new tables with a snapshot from before they were filled. No rows.
CREATE TABLE reading_gate ();

GRANT SELECT, INSERT, UPDATE ON rebuild TO livepay_projector;
GRANT SELECT, INSERT ON skipped TO livepay_projector;
GRANT SELECT ON rebuild, skipped TO livepay_writer;
GRANT SELECT ON reading_gate TO livepay_reader, livepay_writer;
-- UPDATE is what lets it lock the gate for the swap.
GRANT SELECT, UPDATE ON reading_gate TO livepay_projector;
RESET ROLE;
