-- What operators need: starts of partitions (records that end the process), dead letters that came back, erasures.

------------------------------------------------------------------------------------------------------------------------
-- partition_starts: which partitions were started again and again without getting on.
------------------------------------------------------------------------------------------------------------------------
CREATE TABLE partition_starts (
  topic          text        NOT NULL,
  "partition"    integer     NOT NULL,
  next_offset    bigint      NOT NULL,
  starts         integer     NOT NULL,
  isolated_until bigint,
  trial_offset   bigint,
  process        uuid        NOT NULL,
  started_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (topic, "partition")
);

COMMENT ON TABLE partition_starts IS 'How often processes started to read a partition at the same position and ended without getting on or stopping in order. From the third start on its next records are taken one by one, and the one that ends the process again becomes a dead letter with reason crash.';
COMMENT ON COLUMN partition_starts.topic IS 'Kafka topic.';
COMMENT ON COLUMN partition_starts."partition" IS 'Kafka partition.';
COMMENT ON COLUMN partition_starts.next_offset IS 'The position at the last start.';
COMMENT ON COLUMN partition_starts.starts IS 'Starts at this position by different processes; 0 after one stopped in order or gave the partition back.';
COMMENT ON COLUMN partition_starts.isolated_until IS 'Up to here, exclusive, records are taken one by one; null when they are not.';
COMMENT ON COLUMN partition_starts.trial_offset IS 'The record that is being taken alone, noted before it is looked at. A start that finds it at its position knows which record ended the process.';
COMMENT ON COLUMN partition_starts.process IS 'The process that started last; it counts once.';
COMMENT ON COLUMN partition_starts.started_at IS 'When it started, by the database''s clock.';

------------------------------------------------------------------------------------------------------------------------
-- dead_letters that became rows after all: replayed, or read again by a worker that could take them.
------------------------------------------------------------------------------------------------------------------------
ALTER TABLE dead_letters ADD COLUMN resolved_at timestamptz;
COMMENT ON COLUMN dead_letters.resolved_at IS 'When the record became a row of scored_events after all, by the database''s clock; null while it is none.';

-- The writer looks here with every batch, so it holds the open ones alone.
CREATE INDEX dead_letters_open ON dead_letters (topic, "partition", "offset") WHERE resolved_at IS NULL;
