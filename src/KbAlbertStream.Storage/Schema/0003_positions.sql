-- Which log a position belongs to, and which records of a log were never read.

------------------------------------------------------------------------------------------------------------------------
-- partition_progress: a position belongs to one incarnation of a topic and one decision of an operator.
------------------------------------------------------------------------------------------------------------------------
ALTER TABLE partition_progress
  ADD COLUMN epoch    integer NOT NULL DEFAULT 0,
  ADD COLUMN topic_id text,
  ADD COLUMN refused  text CHECK (refused IN ('topic_recreated', 'beyond_end'));

COMMENT ON TABLE partition_progress IS 'How far every Kafka partition has been worked off, written in the same transaction as its rows: a worker starts from here. Positions never go back by themselves: kbalbertstream reset-position moves one; delete a row to have its partition read again from the start.';
COMMENT ON COLUMN partition_progress.epoch IS 'Counts the decisions of operators (reset-position). A batch that was read before the last one writes its rows and leaves the position alone.';
COMMENT ON COLUMN partition_progress.topic_id IS 'Kafka''s id of the topic that the position belongs to; a topic deleted and created again has another. Null where the broker has none.';
COMMENT ON COLUMN partition_progress.refused IS 'Why the partition is not read: topic_recreated (the topic was deleted and created again) or beyond_end (the position lies beyond the end of the log). Null when it is read. Stays until reset-position accepts the log as it is.';

------------------------------------------------------------------------------------------------------------------------
-- gaps: what was never read.
------------------------------------------------------------------------------------------------------------------------
CREATE TABLE gaps (
  gap_id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic       text        NOT NULL,
  "partition" integer     NOT NULL,
  from_offset bigint      NOT NULL,
  to_offset   bigint      NOT NULL,
  records     bigint      GENERATED ALWAYS AS (to_offset - from_offset) STORED,
  reason      text        NOT NULL CHECK (reason IN ('retention', 'reset', 'topic_recreated')),
  epoch       integer     NOT NULL,
  found_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (to_offset > from_offset)
);

CREATE INDEX ON gaps (topic, "partition");

COMMENT ON TABLE gaps IS 'Ranges of a partition that were passed over without being read. A row stays when a later reset-position reads the range after all.';
COMMENT ON COLUMN gaps.gap_id IS 'Number of the gap, in the order they were found.';
COMMENT ON COLUMN gaps.topic IS 'Kafka topic.';
COMMENT ON COLUMN gaps."partition" IS 'Kafka partition.';
COMMENT ON COLUMN gaps.from_offset IS 'The first offset that was not read.';
COMMENT ON COLUMN gaps.to_offset IS 'The offset that reading went on from.';
COMMENT ON COLUMN gaps.records IS 'Offsets in between: the largest number of records that can be missing (transaction markers and compacted records have offsets too).';
COMMENT ON COLUMN gaps.reason IS 'retention (the log began later than the position), reset (an operator moved the position forward), topic_recreated (the topic was deleted before they were read).';
COMMENT ON COLUMN gaps.epoch IS 'The epoch of the position that was left.';
COMMENT ON COLUMN gaps.found_at IS 'When it was found, by the database''s clock.';

CREATE VIEW v_gaps AS
SELECT gap_id, topic, "partition", from_offset, to_offset, records, reason, found_at FROM gaps;

COMMENT ON VIEW v_gaps IS 'Ranges of a partition that were passed over without being read.';
COMMENT ON COLUMN v_gaps.gap_id IS 'Number of the gap, in the order they were found.';
COMMENT ON COLUMN v_gaps.topic IS 'Kafka topic.';
COMMENT ON COLUMN v_gaps."partition" IS 'Kafka partition.';
COMMENT ON COLUMN v_gaps.from_offset IS 'The first offset that was not read.';
COMMENT ON COLUMN v_gaps.to_offset IS 'The offset that reading went on from.';
COMMENT ON COLUMN v_gaps.records IS 'Offsets in between: the largest number of records that can be missing.';
COMMENT ON COLUMN v_gaps.reason IS 'retention, reset or topic_recreated, as in gaps.';
COMMENT ON COLUMN v_gaps.found_at IS 'When it was found, by the database''s clock.';
