-- Views for analysts, who read no table: every alert, dead letters, counts, levels, progress. None holds the pseudonym of a
-- customer. And one more lock on the function that makes months.

CREATE VIEW v_alerts AS
SELECT
  a.alert_id, a.state, a.severity, a.institution_id, a.kind, a.opened_at, a.closed_at, a.window_hours, a.seen, a.expected,
  a.p, a.publishers, a.level_per_day, a.cold_start, a.raised_at, a.raised_seen,
  ARRAY(
    SELECT e.text ->> 'title' FROM jsonb_array_elements(a.evidence) WITH ORDINALITY AS e (text, place)
    WHERE e.text ->> 'title' IS NOT NULL ORDER BY e.place
  ) AS titles,
  (SELECT max(d.delivered_at) FROM alert_deliveries AS d WHERE d.alert_id = a.alert_id AND d.correction = 0) AS delivered_at,
  (SELECT count(*) FROM alert_corrections AS c WHERE c.alert_id = a.alert_id)::int AS corrections,
  a.model_version, a.created_at
FROM alerts AS a;

COMMENT ON VIEW v_alerts IS 'Every alert, open and closed. Limit opened_at.';
COMMENT ON COLUMN v_alerts.alert_id IS 'Number of the alert.';
COMMENT ON COLUMN v_alerts.state IS 'open or closed.';
COMMENT ON COLUMN v_alerts.severity IS 'warning or critical.';
COMMENT ON COLUMN v_alerts.institution_id IS 'Dictionary id of the institution.';
COMMENT ON COLUMN v_alerts.kind IS 'What spiked: news or complaint.';
COMMENT ON COLUMN v_alerts.opened_at IS 'Event time of the text that opened the alert.';
COMMENT ON COLUMN v_alerts.closed_at IS 'Event time at which it closed; null while it is open.';
COMMENT ON COLUMN v_alerts.window_hours IS 'Length of the deciding window.';
COMMENT ON COLUMN v_alerts.seen IS 'Counted texts in it when the alert opened.';
COMMENT ON COLUMN v_alerts.expected IS 'Counted texts that were expected in it.';
COMMENT ON COLUMN v_alerts.p IS 'Probability of at least as many by chance.';
COMMENT ON COLUMN v_alerts.publishers IS 'Distinct publishers or channels in it.';
COMMENT ON COLUMN v_alerts.level_per_day IS 'Counted texts a day that are normal for the institution.';
COMMENT ON COLUMN v_alerts.cold_start IS 'The institution was new.';
COMMENT ON COLUMN v_alerts.raised_at IS 'Event time at which it was opened, became critical, or its count last doubled.';
COMMENT ON COLUMN v_alerts.raised_seen IS 'Counted texts in the deciding window at that time.';
COMMENT ON COLUMN v_alerts.titles IS 'Masked titles of the strongest texts.';
COMMENT ON COLUMN v_alerts.delivered_at IS 'When a sink last took it; null while none has.';
COMMENT ON COLUMN v_alerts.corrections IS 'Texts that it counted and that were withdrawn or corrected since: v_alert_corrections.';
COMMENT ON COLUMN v_alerts.model_version IS 'Model that scored its texts.';
COMMENT ON COLUMN v_alerts.created_at IS 'When the detector wrote it.';

CREATE VIEW v_dead_letters AS
SELECT
  kind, topic, reason, detail, recorded_at, written_at, topic || '[' || "partition" || ']@' || "offset" AS position,
  resolved_at
FROM dead_letters;

COMMENT ON VIEW v_dead_letters IS 'Records that could not become a row, and why. Limit written_at.';
COMMENT ON COLUMN v_dead_letters.kind IS 'What the record was meant to be: news or complaint.';
COMMENT ON COLUMN v_dead_letters.topic IS 'Kafka topic of the record.';
COMMENT ON COLUMN v_dead_letters.reason IS 'The class of the fault.';
COMMENT ON COLUMN v_dead_letters.detail IS 'The field or limit concerned; never content of the message.';
COMMENT ON COLUMN v_dead_letters.recorded_at IS 'Timestamp of the Kafka record.';
COMMENT ON COLUMN v_dead_letters.written_at IS 'When the row was written.';
COMMENT ON COLUMN v_dead_letters.resolved_at IS 'When the record became a row after all; null while it is none.';
COMMENT ON COLUMN v_dead_letters.position IS 'Where the original stands in Kafka: topic[partition]@offset.';

CREATE VIEW v_reputation_counts AS
SELECT kind, institution_id, category, bucket, texts FROM reputation_rollup;

COMMENT ON VIEW v_reputation_counts IS 'How many texts count against an institution, by 5 minutes of event time. Limit bucket.';
COMMENT ON COLUMN v_reputation_counts.kind IS 'What the texts are: news or complaint.';
COMMENT ON COLUMN v_reputation_counts.institution_id IS 'Dictionary id of the institution.';
COMMENT ON COLUMN v_reputation_counts.category IS 'A reputation label, or all: every text once.';
COMMENT ON COLUMN v_reputation_counts.bucket IS 'Start of the 5 minutes.';
COMMENT ON COLUMN v_reputation_counts.texts IS 'Number of texts.';

CREATE VIEW v_levels AS
SELECT kind, institution_id, per_day, dispersion, observed_since, learned_until FROM spike_levels;

COMMENT ON VIEW v_levels IS 'What the spike detector takes for normal.';
COMMENT ON COLUMN v_levels.kind IS 'What is counted: news or complaint.';
COMMENT ON COLUMN v_levels.institution_id IS 'Dictionary id of the institution.';
COMMENT ON COLUMN v_levels.per_day IS 'Counted texts a day.';
COMMENT ON COLUMN v_levels.dispersion IS 'How much more the counts vary than by chance alone.';
COMMENT ON COLUMN v_levels.observed_since IS 'Since when the institution is watched.';
COMMENT ON COLUMN v_levels.learned_until IS 'The last day that was learned from.';

CREATE VIEW v_partition_progress AS
SELECT topic, "partition", kind, next_offset, end_offset, end_offset - next_offset AS lag, max_occurred_at, updated_at
FROM partition_progress;

COMMENT ON VIEW v_partition_progress IS 'How far every Kafka partition has been worked off.';
COMMENT ON COLUMN v_partition_progress.topic IS 'Kafka topic.';
COMMENT ON COLUMN v_partition_progress."partition" IS 'Kafka partition.';
COMMENT ON COLUMN v_partition_progress.kind IS 'What its texts are: news or complaint.';
COMMENT ON COLUMN v_partition_progress.next_offset IS 'Offset of the first record not yet written.';
COMMENT ON COLUMN v_partition_progress.end_offset IS 'End of the log when it was last read; null when unknown.';
COMMENT ON COLUMN v_partition_progress.lag IS 'Records not yet written by then.';
COMMENT ON COLUMN v_partition_progress.max_occurred_at IS 'Largest event time written.';
COMMENT ON COLUMN v_partition_progress.updated_at IS 'When it last moved, by the database''s clock.';

-- A caller's temporary table with the name of a month was taken for the month. The schema is named now.
DO $$ BEGIN
  EXECUTE replace(
    pg_get_functiondef('ensure_event_month(text, timestamptz)'::regprocedure),
    'to_regclass(child)', 'to_regclass(format(''%I.%I'', current_schema(), child))');
END $$;
