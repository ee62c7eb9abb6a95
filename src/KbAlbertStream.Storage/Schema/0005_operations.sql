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
