-- Who may do what. One login enters; every connection then takes one of four roles by SET ROLE,
-- so that a mistake in a projection cannot write the log and a report cannot see another shop.
--
--   livepay_owner      owns the tables, runs migrations
--   livepay_writer     commits: INSERT and SELECT on the log, the work tables beside it
--   livepay_projector  reads the whole log, writes read models (schema "reading") and checkpoints
--   livepay_reader     sees one shop: the one named in the setting livepay.shop
--
-- Roles belong to the cluster, not to the database, and several databases of one cluster may be
-- migrated at the same time. Advisory locks stop at the database, so each CREATE forgives a twin.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['livepay_owner', 'livepay_writer',
                                  'livepay_projector', 'livepay_reader'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            EXCEPTION
                WHEN duplicate_object OR unique_violation THEN
                    NULL; -- another database made it a moment ago
                WHEN insufficient_privilege THEN
                    RAISE EXCEPTION 'the login % may not create the role %', current_user, wanted
                        USING HINT = format('as a superuser, once per cluster: CREATE ROLE %I '
                            'NOLOGIN; GRANT %I TO %I;', wanted, wanted, current_user);
            END;
        END IF;
        -- A superuser may SET ROLE anyway; granting to it would only make twins collide.
        IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO %I', wanted, current_user);
        END IF;
    END LOOP;
END
$$;

GRANT USAGE, CREATE ON SCHEMA public TO livepay_owner;
GRANT USAGE ON SCHEMA public TO livepay_writer, livepay_projector, livepay_reader;

-- Read models live apart: everything in this schema can be dropped and built again.
CREATE SCHEMA reading AUTHORIZATION livepay_projector;
GRANT USAGE ON SCHEMA reading TO livepay_reader, livepay_writer;
ALTER DEFAULT PRIVILEGES FOR ROLE livepay_projector IN SCHEMA reading
    GRANT SELECT ON TABLES TO livepay_reader;
