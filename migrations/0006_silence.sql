-- The times in which a lane could not be written, and how they are noticed afterwards.
SET LOCAL ROLE livepay_owner;

-- heard_at: the last renewal, by the database's clock: the last sign of life of whoever died.
-- heard_before: the same of this name's earlier life, which registering would overwrite.
ALTER TABLE node ADD COLUMN heard_at timestamptz, ADD COLUMN heard_before timestamptz;

-- When a lane was last taken or given back: in order, its node's row is gone then.
ALTER TABLE lane_head ADD COLUMN heard_at timestamptz;

-- One row per lane and silence, written before anything is decided there again. A shop that wakes
-- reads those since its last event, so that one which slept through several is told of each.
-- Kept 35 days: longer than anything a shop holds.
CREATE TABLE silence (
    lane     smallint    NOT NULL,
    from_at  timestamptz NOT NULL,
    until_at timestamptz NOT NULL,
    PRIMARY KEY (lane, until_at)
);
GRANT SELECT, INSERT, DELETE ON silence TO livepay_writer;
RESET ROLE;
