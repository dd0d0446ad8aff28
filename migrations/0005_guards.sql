-- Grants, row-level security and the triggers that keep the log append-only.
SET LOCAL ROLE livepay_owner;

GRANT SELECT, INSERT ON event TO livepay_writer;               -- and nothing else, ever
GRANT SELECT, INSERT, DELETE ON receipt TO livepay_writer;     -- DELETE: after 35 days
GRANT SELECT, UPDATE ON lane_head TO livepay_writer;
GRANT SELECT, INSERT, UPDATE, DELETE ON
    node, client_key, snapshot, deadline, outbox,
    account, number, contact, inbox, day_key TO livepay_writer;
GRANT SELECT ON checkpoint, park TO livepay_writer;

GRANT SELECT ON event, lane_head, outbox, client_key, node TO livepay_projector;
GRANT SELECT, INSERT, UPDATE, DELETE ON checkpoint, park TO livepay_projector;

GRANT SELECT ON event, outbox TO livepay_reader;
GRANT SELECT ON lane_head, checkpoint TO livepay_reader;

-- A reader sees the shop named in livepay.shop and nothing when it is unset or empty. The setting
-- is read through nullif because an ended transaction leaves '' behind, which is no uuid.
DO $$
DECLARE
    per_shop text;
BEGIN
    FOREACH per_shop IN ARRAY ARRAY['event', 'receipt', 'outbox', 'client_key',
                                    'snapshot', 'deadline', 'park'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', per_shop);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', per_shop);
        EXECUTE format('CREATE POLICY staff ON %I TO livepay_owner, livepay_writer, '
            'livepay_projector USING (true) WITH CHECK (true)', per_shop);
        EXECUTE format('CREATE POLICY one_shop ON %I FOR SELECT TO livepay_reader '
            'USING (shop_id = nullif(current_setting(''livepay.shop'', true), '''')::uuid)',
            per_shop);
    END LOOP;
END
$$;

-- Grants stop the application; this stops its owner's slips as well. A superuser can still switch
-- triggers off: that is what the hash chain is for.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
RESET ROLE;
