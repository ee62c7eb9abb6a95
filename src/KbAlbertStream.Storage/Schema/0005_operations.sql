-- What operators need: starts of partitions (records that end the process), dead letters that came back, erasures.

------------------------------------------------------------------------------------------------------------------------
-- partition_starts: at which positions processes ended again and again.
------------------------------------------------------------------------------------------------------------------------
CREATE TABLE partition_starts (
  topic          text        NOT NULL,
  "partition"    integer     NOT NULL,
  next_offset    bigint      NOT NULL,
  process        uuid        NOT NULL,
  at_work        boolean     NOT NULL DEFAULT false,
  failures       integer     NOT NULL DEFAULT 0,
  isolated_until bigint,
  trial_offset   bigint,
  started_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (topic, "partition")
);

COMMENT ON TABLE partition_starts IS 'How often processes ended at work on a partition, at the same position, without stopping in order. After the second such end its next records are taken one by one, and the one that ends the process again becomes a dead letter with reason crash.';
COMMENT ON COLUMN partition_starts.topic IS 'Kafka topic.';
COMMENT ON COLUMN partition_starts."partition" IS 'Kafka partition.';
COMMENT ON COLUMN partition_starts.next_offset IS 'The position at the last start.';
COMMENT ON COLUMN partition_starts.process IS 'The process that started last; however often it is assigned the partition, that is one start.';
COMMENT ON COLUMN partition_starts.at_work IS 'Whether it has begun with the records of the partition; false again once it stopped in order or gave the partition back.';
COMMENT ON COLUMN partition_starts.failures IS 'Processes that ended at work here before.';
COMMENT ON COLUMN partition_starts.isolated_until IS 'Up to here, exclusive, records are taken one by one; null when they are not.';
COMMENT ON COLUMN partition_starts.trial_offset IS 'The record that is being taken alone, noted before it is looked at. A start that finds it at its position knows which record ended the process.';
COMMENT ON COLUMN partition_starts.started_at IS 'When the process started, by the database''s clock.';

------------------------------------------------------------------------------------------------------------------------
-- dead_letters that became rows after all: replayed, or read again by a worker that could take them.
------------------------------------------------------------------------------------------------------------------------
ALTER TABLE dead_letters ADD COLUMN resolved_at timestamptz;
COMMENT ON COLUMN dead_letters.resolved_at IS 'When the record became a row of scored_events after all, by the database''s clock; null while it is none.';

-- The writer looks here with every batch, so it holds the open ones alone.
CREATE INDEX dead_letters_open ON dead_letters (topic, "partition", "offset") WHERE resolved_at IS NULL;

------------------------------------------------------------------------------------------------------------------------
-- erasures: the audit of what was removed on somebody's request.
------------------------------------------------------------------------------------------------------------------------
CREATE TABLE erasures (
  erasure_id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  reference_type text        NOT NULL CHECK (reference_type IN ('customer_ref', 'external_id')),
  kind           text,
  reference_hash text        NOT NULL,
  touched        jsonb       NOT NULL,
  requested_by   text        NOT NULL DEFAULT session_user,
  erased_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON TABLE erasures IS 'One row a call of erase, whether it found anything or not. It does not say whose texts they were.';
COMMENT ON COLUMN erasures.erasure_id IS 'Number of the erasure; part of the names that take the place of references.';
COMMENT ON COLUMN erasures.reference_type IS 'What was named: customer_ref or external_id.';
COMMENT ON COLUMN erasures.kind IS 'The kind that it was limited to; null for both.';
COMMENT ON COLUMN erasures.reference_hash IS 'Keyed hash of the reference: who knows reference and key finds the entry again.';
COMMENT ON COLUMN erasures.touched IS 'Rows that changed, by table.';
COMMENT ON COLUMN erasures.requested_by IS 'The login that called it.';
COMMENT ON COLUMN erasures.erased_at IS 'When, by the database''s clock.';
