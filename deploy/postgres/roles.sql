-- Three roles with no more rights than they need; logins get them by membership. docs/security.md says how.
--   kbas_owner   owns tables, views and functions: migrate, retention, erase
--   kbas_writer  the service: adds texts, never changes or removes one, makes no table
--   kbas_reader  analysts: the views, no table, no pseudonym of a customer
-- Run as an administrator, before the first `kbalbertstream migrate` and again after each; it may run as often as you like:
--   psql "$DATABASE" -v ON_ERROR_STOP=1 -f deploy/postgres/roles.sql
-- One transaction: a service at work never meets a moment without its rights.
BEGIN;

DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['kbas_owner', 'kbas_writer', 'kbas_reader'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
    END IF;
  END LOOP;

  -- Giving something away needs membership in the receiver, which only superusers have by themselves.
  IF NOT pg_has_role(current_user, 'kbas_owner', 'MEMBER') THEN
    EXECUTE format('GRANT kbas_owner TO %I', current_user);
  END IF;

  -- The writer stages its batches in a temporary table.
  EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO kbas_owner, kbas_writer', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO kbas_reader', current_database());
  EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', current_schema());
  EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO kbas_owner', current_schema());
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO kbas_writer, kbas_reader', current_schema());
END $$;

-- Every table and view, with the writer's rights. Those that are not there yet are passed over.
CREATE TEMP TABLE kbas_relations (name text, writer text, reader boolean) ON COMMIT DROP;
INSERT INTO kbas_relations VALUES
  ('schema_migrations',        'SELECT', false),
  ('scored_events_news',       NULL, false),
  ('scored_events_complaint',  NULL, false),
  -- What alerts quote and what makes a text the same; not its text and not its customer.
  ('scored_events', 'INSERT, SELECT (kind, recorded_at, topic, "partition", "offset", external_id, title, url,
     institution_ids, occurred_at, negative_reputation, evidence, content_hash, story_hash,
     model_version, label_set_version, masker_version, dictionary_version)', false),
  ('dead_letters', 'INSERT, SELECT (kind, recorded_at, topic, "partition", "offset", reason, resolved_at),
     UPDATE (reason, detail, resolved_at)', false),
  ('partition_starts',         'SELECT, INSERT, UPDATE', false),
  ('erasures',                 NULL, false),
  ('partition_progress',       'SELECT, INSERT, UPDATE', false),
  ('gaps',                     'SELECT, INSERT', false),
  ('withdrawals',              'INSERT, SELECT', false),
  ('text_versions',            'SELECT, INSERT, UPDATE', false),
  ('negative_mentions',        'SELECT, INSERT, UPDATE (counted, current)', false),
  ('reputation_rollup',        'SELECT, INSERT, UPDATE, DELETE', false),
  ('pending_looks',            'SELECT, INSERT, DELETE', false),
  ('pending_retractions',      'SELECT, INSERT, DELETE', false),
  ('detector_state',           'SELECT, INSERT, UPDATE', false),
  ('spike_levels',             'SELECT, INSERT, UPDATE', false),
  ('alerts',                   'SELECT, INSERT, UPDATE', false),
  ('alert_deliveries',         'SELECT, INSERT, UPDATE', false),
  ('alert_texts',              'SELECT, INSERT', false),
  ('alert_corrections',        'SELECT, INSERT', false),
  ('v_events',                 NULL, true),
  ('v_event_versions',         NULL, true),
  ('v_entity_daily',           NULL, true),
  ('v_open_alerts',            NULL, true),
  ('v_alerts',                 NULL, true),
  ('v_alert_corrections',      NULL, true),
  ('v_dead_letters',           NULL, true),
  ('v_reputation_counts',      NULL, true),
  ('v_levels',                 NULL, true),
  ('v_partition_progress',     NULL, true),
  ('v_gaps',                   NULL, true);

-- Every function, and whether the writer calls it. They run as the owner, within a fixed search path.
CREATE TEMP TABLE kbas_functions (name text, writer boolean) ON COMMIT DROP;
INSERT INTO kbas_functions VALUES
  ('ensure_event_month',       true);

-- kbas_owner owns them all: what migrated as somebody else before is handed over.
DO $$
DECLARE
  thing record;
BEGIN
  FOR thing IN
    SELECT c.oid::regclass AS name, c.relkind FROM pg_class AS c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relowner <> 'kbas_owner'::regrole
      AND (c.relname IN (SELECT name FROM kbas_relations)
        OR c.oid IN (SELECT relid FROM pg_partition_tree(to_regclass('scored_events')) WHERE isleaf AND level > 0))
  LOOP
    EXECUTE format('ALTER %s %s OWNER TO kbas_owner', CASE thing.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, thing.name);
  END LOOP;

  FOR thing IN
    SELECT p.oid::regprocedure AS name, f.writer, p.proowner <> 'kbas_owner'::regrole AS is_foreign
    FROM pg_proc AS p JOIN kbas_functions AS f ON f.name = p.proname
    WHERE p.pronamespace = current_schema()::regnamespace
  LOOP
    IF thing.is_foreign THEN
      EXECUTE format('ALTER FUNCTION %s OWNER TO kbas_owner', thing.name);
    END IF;

    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, kbas_writer, kbas_reader', thing.name);
    IF thing.writer THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO kbas_writer', thing.name);
    END IF;
  END LOOP;
END $$;

DO $$
DECLARE
  relation record;
  readable text;
BEGIN
  -- Rights of an earlier version of this file go; so do those that somebody gave by hand.
  EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM kbas_writer, kbas_reader', current_schema());
  FOR relation IN SELECT r.*, to_regclass(quote_ident(r.name)) AS id FROM kbas_relations AS r LOOP
    CONTINUE WHEN relation.id IS NULL;
    IF relation.writer IS NOT NULL THEN
      EXECUTE format('GRANT %s ON %s TO kbas_writer', relation.writer, relation.id);
    END IF;

    IF relation.reader THEN
      -- Column by column: a pseudonym in a view of an older schema stays closed.
      SELECT string_agg(quote_ident(attname), ', ') INTO readable FROM pg_attribute
      WHERE attrelid = relation.id AND attnum > 0 AND NOT attisdropped AND attname <> 'customer_ref';
      EXECUTE format('GRANT SELECT (%s) ON %s TO kbas_reader', readable, relation.id);
    END IF;
  END LOOP;

  FOR relation IN
    SELECT c.relname AS name FROM pg_class AS c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition
      AND c.relowner = 'kbas_owner'::regrole AND c.relname NOT IN (SELECT name FROM kbas_relations)
  LOOP
    RAISE WARNING 'roles.sql knows no %: nobody but kbas_owner may use it', relation.name;
  END LOOP;
END $$;

-- Before, the roles were kbas_worker and kbas_analyst. Their members keep working, with the rights of the new roles.
DO $$
DECLARE
  old record;
BEGIN
  FOR old IN
    SELECT o.name, o.successor FROM (VALUES ('kbas_worker', 'kbas_writer'), ('kbas_analyst', 'kbas_reader'))
      AS o (name, successor) JOIN pg_roles AS r ON r.rolname = o.name
  LOOP
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', current_schema(), old.name);
    EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %I FROM %I', current_schema(), old.name);
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %I', current_schema(), old.name);
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM %I', current_database(), old.name);
    IF NOT pg_has_role(old.name, old.successor, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO %I', old.successor, old.name);
    END IF;

    RAISE NOTICE '% is now %: GRANT % TO its members, then DROP ROLE %',
      old.name, old.successor, old.successor, old.name;
  END LOOP;
END $$;

COMMIT;
