-- Roles with no more rights than they need. Run after `kbalbertstream migrate`, as the owner of the tables and with the
-- right to make roles; again after every migration. Then: GRANT kbas_worker TO the login of the service.
--   psql "$DATABASE" -v ON_ERROR_STOP=1 -f deploy/postgresql/roles.sql
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kbas_worker') THEN
    CREATE ROLE kbas_worker NOLOGIN;
  END IF;

  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kbas_analyst') THEN
    CREATE ROLE kbas_analyst NOLOGIN;
  END IF;

  -- The writer stages its batches in a temporary table.
  EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO kbas_worker', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO kbas_analyst', current_database());
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO kbas_worker, kbas_analyst', current_schema());
END $$;

-- The service adds texts and never changes one; the months are made by a function that runs as the owner.
GRANT SELECT ON schema_migrations TO kbas_worker;
GRANT SELECT, INSERT ON scored_events, dead_letters, gaps TO kbas_worker;
GRANT SELECT, INSERT, UPDATE ON partition_progress, negative_mentions TO kbas_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON reputation_rollup, pending_looks TO kbas_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON detector_state, spike_levels, alerts, alert_deliveries TO kbas_worker;
GRANT EXECUTE ON FUNCTION ensure_event_month(text, timestamptz) TO kbas_worker;

-- Analysts read.
GRANT SELECT ON
  v_events, v_entity_daily, v_open_alerts,
  scored_events, dead_letters, partition_progress, gaps, negative_mentions, reputation_rollup, spike_levels, alerts
TO kbas_analyst;
