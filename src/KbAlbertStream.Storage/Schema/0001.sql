-- The first schema: scored texts, dead letters, progress, the counts that the spike detector reads, analyst views.
-- Works on PostgreSQL 15 and later. Everything is made in the current schema (the first one of the search path).
-- Every table and column has a comment: \d+ and data catalogues show it.

------------------------------------------------------------------------------------------------------------------------
-- scored_events: one row a text. Partitioned by kind, then by month of recorded_at.
------------------------------------------------------------------------------------------------------------------------
CREATE TABLE scored_events (
  kind                     text        NOT NULL,
  recorded_at              timestamptz NOT NULL,
  topic                    text        NOT NULL,
  "partition"              integer     NOT NULL,
  "offset"                 bigint      NOT NULL,
  external_id              text        NOT NULL,
  customer_ref             text,
  publisher                text,
  channel                  text,
  url                      text,
  language                 text,
  sector                   text,
  institution              text,
  primary_institution      text,
  institution_ids          text[]      NOT NULL,
  institutions             jsonb       NOT NULL,
  occurred_at              timestamptz NOT NULL,
  title                    text,
  text                     text,
  masked                   jsonb       NOT NULL,
  sentiment                text        NOT NULL,
  p_negative               real        NOT NULL,
  p_neutral                real        NOT NULL,
  p_positive               real        NOT NULL,
  reputation_labels        text[]      NOT NULL,
  reputation               jsonb       NOT NULL,
  compliance_labels        text[]      NOT NULL,
  compliance               jsonb       NOT NULL,
  negative_reputation      real        NOT NULL,
  evidence                 jsonb       NOT NULL,
  windows                  integer     NOT NULL,
  content_hash             bytea       NOT NULL,
  story_hash               bytea       NOT NULL,
  model_version            text        NOT NULL,
  label_set_version        text        NOT NULL,
  masker_version           text        NOT NULL,
  dictionary_version       text        NOT NULL,
  written_at               timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (kind, recorded_at, topic, "partition", "offset"),
  CHECK (kind <> 'news' OR channel IS NULL),
  CHECK (kind <> 'complaint' OR publisher IS NULL)
) PARTITION BY LIST (kind);

COMMENT ON TABLE scored_events IS 'One row a text read from Kafka: masked, linked to institutions, scored. Partitioned by kind, then by month of recorded_at.';
COMMENT ON COLUMN scored_events.kind IS 'What the text is: news or complaint.';
COMMENT ON COLUMN scored_events.recorded_at IS 'Timestamp of the Kafka record, UTC; 2000-01-01 when it was missing or out of range. Decides the partition.';
COMMENT ON COLUMN scored_events.topic IS 'Kafka topic the text was read from.';
COMMENT ON COLUMN scored_events."partition" IS 'Kafka partition the text was read from.';
COMMENT ON COLUMN scored_events."offset" IS 'Offset of the record in its Kafka partition.';
COMMENT ON COLUMN scored_events.external_id IS 'The sender''s identifier (field id); a keyed hash when it held personal data.';
COMMENT ON COLUMN scored_events.customer_ref IS 'Complaints: pseudonym of the customer; a keyed hash when it held personal data.';
COMMENT ON COLUMN scored_events.publisher IS 'News: the publisher, masked.';
COMMENT ON COLUMN scored_events.channel IS 'Complaints: the channel the text came in over, masked.';
COMMENT ON COLUMN scored_events.url IS 'News: the address, personal query values masked.';
COMMENT ON COLUMN scored_events.language IS 'News: language tag given by the sender.';
COMMENT ON COLUMN scored_events.sector IS 'Complaints: sector given by the sender, masked.';
COMMENT ON COLUMN scored_events.institution IS 'Complaints: the institution as the sender wrote it, masked.';
COMMENT ON COLUMN scored_events.primary_institution IS 'Dictionary id of the most relevant institution; null when none was found.';
COMMENT ON COLUMN scored_events.institution_ids IS 'Dictionary ids of all institutions the text is about, most relevant first. Indexed: institution_ids @> ''{kb_bank}''.';
COMMENT ON COLUMN scored_events.institutions IS 'The same with relevance 0 to 100: [{"id":"kb_bank","relevance":85}].';
COMMENT ON COLUMN scored_events.occurred_at IS 'Event time, UTC: published_at or received_at, never later than recorded_at + 5 minutes.';
COMMENT ON COLUMN scored_events.title IS 'Masked title; null when there is none or texts are not stored.';
COMMENT ON COLUMN scored_events.text IS 'Masked text; null when there is none or texts are not stored.';
COMMENT ON COLUMN scored_events.masked IS 'How many values were masked, by type: {"phone":1}.';
COMMENT ON COLUMN scored_events.sentiment IS 'The most probable sentiment: negative, neutral or positive.';
COMMENT ON COLUMN scored_events.p_negative IS 'Calibrated probability that the sentiment is negative.';
COMMENT ON COLUMN scored_events.p_neutral IS 'Calibrated probability that the sentiment is neutral.';
COMMENT ON COLUMN scored_events.p_positive IS 'Calibrated probability that the sentiment is positive.';
COMMENT ON COLUMN scored_events.reputation_labels IS 'Event categories at or above their threshold. Indexed: reputation_labels @> ''{data_breach}''.';
COMMENT ON COLUMN scored_events.reputation IS 'Calibrated probability of every event category: {"data_breach":0.98}.';
COMMENT ON COLUMN scored_events.compliance_labels IS 'Compliance flags at or above their threshold. Indexed: compliance_labels @> ''{unfair_practice}''.';
COMMENT ON COLUMN scored_events.compliance IS 'Calibrated probability of every compliance flag.';
COMMENT ON COLUMN scored_events.negative_reputation IS 'P(negative) times the largest reputation probability; from 0.5 on the text counts against its institutions.';
COMMENT ON COLUMN scored_events.evidence IS 'For every chosen label the masked part of the text that speaks most for it: [{"label":"...","text":"..."}]; without text when texts are not stored.';
COMMENT ON COLUMN scored_events.windows IS 'How many windows the model read the text in; 1 for a short text.';
COMMENT ON COLUMN scored_events.content_hash IS 'SHA-256 of kind, title and text as masked: the same content has the same hash.';
COMMENT ON COLUMN scored_events.story_hash IS 'SHA-256 of the story without what syndication changes: exact copies of one story share it.';
COMMENT ON COLUMN scored_events.model_version IS 'Bundle name and version of the model that scored the text.';
COMMENT ON COLUMN scored_events.label_set_version IS 'Version of the label set.';
COMMENT ON COLUMN scored_events.masker_version IS 'Version of the normalisation and masking rules.';
COMMENT ON COLUMN scored_events.dictionary_version IS 'Version of the institution dictionary.';
COMMENT ON COLUMN scored_events.written_at IS 'When the row was written, by the database''s clock.';

CREATE INDEX ON scored_events (occurred_at);
CREATE INDEX ON scored_events (primary_institution, occurred_at);
-- Days are Korean days. Korea has no daylight saving, so + 9 hours needs no time zone data and stays indexable.
CREATE INDEX ON scored_events ((((occurred_at AT TIME ZONE 'UTC') + interval '9 hours')::date));
CREATE INDEX ON scored_events USING gin (institution_ids);
CREATE INDEX ON scored_events USING gin (reputation_labels);
CREATE INDEX ON scored_events USING gin (compliance_labels);

-- One sub-tree a kind. LIKE copies columns, indexes and comments; ATTACH makes them partitions.
CREATE TABLE scored_events_news (LIKE scored_events INCLUDING ALL) PARTITION BY RANGE (recorded_at);
COMMENT ON TABLE scored_events_news IS 'The news of scored_events, by month of recorded_at.';
ALTER TABLE scored_events ATTACH PARTITION scored_events_news FOR VALUES IN ('news');

CREATE TABLE scored_events_complaint (LIKE scored_events INCLUDING ALL) PARTITION BY RANGE (recorded_at);
COMMENT ON TABLE scored_events_complaint IS 'The complaints of scored_events, by month of recorded_at.';
ALTER TABLE scored_events ATTACH PARTITION scored_events_complaint FOR VALUES IN ('complaint');

-- No default partition: a month could not be added once the default held its rows. The worker asks for the months it
-- needs; SECURITY DEFINER so that it needs no right to make tables. ATTACH, not PARTITION OF: the latter locks out
-- readers and writers of the parent, and a long query would stop the stream.
CREATE FUNCTION ensure_event_month(event_kind text, recorded_at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  month_start timestamp := date_trunc('month', recorded_at AT TIME ZONE 'UTC');
  parent      text := 'scored_events_' || event_kind;
  child       text := parent || to_char(month_start, '_YYYY_MM');
  bounds      text := format('FROM (%L) TO (%L)', month_start || '+00', (month_start + interval '1 month') || '+00');
BEGIN
  IF event_kind IS NULL OR event_kind NOT IN ('news', 'complaint') THEN
    RAISE EXCEPTION 'not a message kind: %', event_kind USING ERRCODE = 'invalid_parameter_value';
  END IF;

  IF recorded_at IS NULL OR month_start < timestamp '2000-01-01' OR month_start > timestamp '2100-01-01' THEN
    RAISE EXCEPTION 'no month of scored_events: %', recorded_at USING ERRCODE = 'invalid_parameter_value';
  END IF;

  IF to_regclass(child) IS NOT NULL THEN
    RETURN false;
  END IF;

  -- Two workers may meet a new month at the same moment: the second waits and finds it. A lock on the table, because
  -- only that makes a session notice what others made while it waited; ATTACH needs this one anyway.
  EXECUTE format('LOCK TABLE ONLY %I IN SHARE UPDATE EXCLUSIVE MODE', parent);
  IF to_regclass(child) IS NOT NULL THEN
    RETURN false;
  END IF;

  EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', child, parent);
  EXECUTE format('COMMENT ON TABLE %I IS %L', child, format('Month %s of %s.', to_char(month_start, 'YYYY-MM'), parent));
  EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES %s', parent, child, bounds);
  RETURN true;
END $$;

COMMENT ON FUNCTION ensure_event_month(text, timestamptz) IS 'Makes the partition of scored_events for a kind and the month of a record time, if it is missing; true when it made it. Grant EXECUTE to the worker''s role.';
REVOKE ALL ON FUNCTION ensure_event_month(text, timestamptz) FROM PUBLIC;

-- A SECURITY DEFINER function must not follow its caller's search path.
DO $$ BEGIN
  EXECUTE format(
    'ALTER FUNCTION ensure_event_month(text, timestamptz) SET search_path = %I, pg_temp', current_schema());
END $$;

------------------------------------------------------------------------------------------------------------------------
-- dead_letters: records that could not become a row.
------------------------------------------------------------------------------------------------------------------------
CREATE TABLE dead_letters (
  kind        text        NOT NULL,
  recorded_at timestamptz NOT NULL,
  topic       text        NOT NULL,
  "partition" integer     NOT NULL,
  "offset"    bigint      NOT NULL,
  reason      text        NOT NULL,
  detail      text,
  written_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (kind, recorded_at, topic, "partition", "offset")
);

CREATE INDEX ON dead_letters (written_at);

COMMENT ON TABLE dead_letters IS 'One row a record that could not become a row of scored_events: where it stands and why, never its text. The original bytes are in the dead-letter topic.';
COMMENT ON COLUMN dead_letters.kind IS 'What the record was meant to be: news or complaint.';
COMMENT ON COLUMN dead_letters.recorded_at IS 'Timestamp of the Kafka record, UTC; 2000-01-01 when it was missing or out of range.';
COMMENT ON COLUMN dead_letters.topic IS 'Kafka topic of the record.';
COMMENT ON COLUMN dead_letters."partition" IS 'Kafka partition of the record.';
COMMENT ON COLUMN dead_letters."offset" IS 'Offset of the record in its Kafka partition.';
COMMENT ON COLUMN dead_letters.reason IS 'The class of the fault, in snake_case: invalid_json, missing_field, ...';
COMMENT ON COLUMN dead_letters.detail IS 'The field or limit concerned; never content of the message.';
COMMENT ON COLUMN dead_letters.written_at IS 'When the row was written, by the database''s clock.';

------------------------------------------------------------------------------------------------------------------------
-- partition_progress: the truth about what has been worked off.
------------------------------------------------------------------------------------------------------------------------
CREATE TABLE partition_progress (
  topic           text        NOT NULL,
  "partition"     integer     NOT NULL,
  kind            text        NOT NULL,
  next_offset     bigint      NOT NULL,
  end_offset      bigint,
  max_occurred_at timestamptz,
  updated_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (topic, "partition")
);

COMMENT ON TABLE partition_progress IS 'How far every Kafka partition has been worked off, written in the same transaction as its rows: a worker starts from here. Positions never go back; delete a row to have its partition read again from the start.';
COMMENT ON COLUMN partition_progress.topic IS 'Kafka topic.';
COMMENT ON COLUMN partition_progress."partition" IS 'Kafka partition.';
COMMENT ON COLUMN partition_progress.kind IS 'What the topic carries: news or complaint.';
COMMENT ON COLUMN partition_progress.next_offset IS 'Offset of the first record that has not been written.';
COMMENT ON COLUMN partition_progress.end_offset IS 'End of the partition when it was last read; next_offset >= end_offset means read to the end. Null when unknown.';
COMMENT ON COLUMN partition_progress.max_occurred_at IS 'The latest event time read from the partition; drives the clock of the spike detector. Null before the first text.';
COMMENT ON COLUMN partition_progress.updated_at IS 'When the position last moved or was confirmed, by the database''s clock.';

------------------------------------------------------------------------------------------------------------------------
-- negative_mentions, reputation_rollup, pending_looks: what counts against an institution.
------------------------------------------------------------------------------------------------------------------------
CREATE TABLE negative_mentions (
  kind           text        NOT NULL,
  institution_id text        NOT NULL,
  recorded_at    timestamptz NOT NULL,
  topic          text        NOT NULL,
  "partition"    integer     NOT NULL,
  "offset"       bigint      NOT NULL,
  occurred_at    timestamptz NOT NULL,
  relevance      integer     NOT NULL,
  source         text        NOT NULL,
  story_hash     bytea       NOT NULL,
  customer_ref   text,
  categories     text[]      NOT NULL,
  counted        boolean     NOT NULL,
  written_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (kind, institution_id, recorded_at, topic, "partition", "offset")
);

CREATE INDEX ON negative_mentions (kind, institution_id, occurred_at);
CREATE INDEX ON negative_mentions (story_hash, occurred_at);

COMMENT ON TABLE negative_mentions IS 'One row a text and institution that the text speaks against (relevant enough, negative_reputation from 0.5 on). Of exact copies the earliest counts, the others within 72 hours (news) or 7 days (complaints of one customer) do not.';
COMMENT ON COLUMN negative_mentions.kind IS 'What the text is: news or complaint.';
COMMENT ON COLUMN negative_mentions.institution_id IS 'Dictionary id of the institution.';
COMMENT ON COLUMN negative_mentions.recorded_at IS 'Timestamp of the Kafka record: with topic, partition and offset the key of the row in scored_events.';
COMMENT ON COLUMN negative_mentions.topic IS 'Kafka topic of the text.';
COMMENT ON COLUMN negative_mentions."partition" IS 'Kafka partition of the text.';
COMMENT ON COLUMN negative_mentions."offset" IS 'Offset of the text in its Kafka partition.';
COMMENT ON COLUMN negative_mentions.occurred_at IS 'Event time of the text, UTC.';
COMMENT ON COLUMN negative_mentions.relevance IS 'How much the text is about the institution, 0 to 100.';
COMMENT ON COLUMN negative_mentions.source IS 'Publisher of the news or channel of the complaint, masked.';
COMMENT ON COLUMN negative_mentions.story_hash IS 'Shared by exact copies of one story.';
COMMENT ON COLUMN negative_mentions.customer_ref IS 'Complaints: pseudonym of the customer; without one a complaint is nobody''s repeat.';
COMMENT ON COLUMN negative_mentions.categories IS 'Reputation labels of the text.';
COMMENT ON COLUMN negative_mentions.counted IS 'True when the text is in reputation_rollup; false for a copy of one that is. May change when an earlier copy arrives late.';
COMMENT ON COLUMN negative_mentions.written_at IS 'When the row was written, by the database''s clock.';

CREATE TABLE reputation_rollup (
  kind           text        NOT NULL,
  institution_id text        NOT NULL,
  category       text        NOT NULL,
  bucket         timestamptz NOT NULL,
  texts          integer     NOT NULL CHECK (texts >= 0),
  PRIMARY KEY (kind, institution_id, category, bucket)
);

CREATE INDEX ON reputation_rollup (bucket);

COMMENT ON TABLE reputation_rollup IS 'How many texts count against an institution, by 5-minute bucket of event time. Equals a recount of the counted rows of negative_mentions at any moment.';
COMMENT ON COLUMN reputation_rollup.kind IS 'What the texts are: news or complaint.';
COMMENT ON COLUMN reputation_rollup.institution_id IS 'Dictionary id of the institution.';
COMMENT ON COLUMN reputation_rollup.category IS 'A reputation label, or all: every text once, whatever its labels. A text with two labels is in both.';
COMMENT ON COLUMN reputation_rollup.bucket IS 'Start of the 5 minutes, UTC.';
COMMENT ON COLUMN reputation_rollup.texts IS 'Number of texts.';

CREATE TABLE pending_looks (
  seq            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind           text        NOT NULL,
  institution_id text        NOT NULL,
  occurred_at    timestamptz NOT NULL,
  clock_at       timestamptz NOT NULL,
  recorded_at    timestamptz NOT NULL,
  topic          text        NOT NULL,
  "partition"    integer     NOT NULL,
  "offset"       bigint      NOT NULL,
  written_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The order in which the detector reads them.
CREATE INDEX ON pending_looks (clock_at, topic COLLATE "C", "partition", "offset");

COMMENT ON TABLE pending_looks IS 'Looks that the spike detector owes: one row a row of negative_mentions, copies included (they count for nothing but bring a second publisher), written with it, deleted by the detector with what it found. Transactions commit out of order of seq: read what is there, never remember the largest seq.';
COMMENT ON COLUMN pending_looks.seq IS 'Order of writing.';
COMMENT ON COLUMN pending_looks.kind IS 'What the text is: news or complaint.';
COMMENT ON COLUMN pending_looks.institution_id IS 'Dictionary id of the institution to look at.';
COMMENT ON COLUMN pending_looks.occurred_at IS 'Event time of the text: the windows to look at end here.';
COMMENT ON COLUMN pending_looks.clock_at IS 'The largest event time in the Kafka partition up to and including this record, texts that speak against nobody included: with topic, partition and offset the order in which the detector looks, however the reading was interleaved.';
COMMENT ON COLUMN pending_looks.recorded_at IS 'Timestamp of the Kafka record of the text.';
COMMENT ON COLUMN pending_looks.topic IS 'Kafka topic of the text.';
COMMENT ON COLUMN pending_looks."partition" IS 'Kafka partition of the text.';
COMMENT ON COLUMN pending_looks."offset" IS 'Offset of the text in its Kafka partition.';
COMMENT ON COLUMN pending_looks.written_at IS 'When the row was written, by the database''s clock.';

------------------------------------------------------------------------------------------------------------------------
-- Views for analysts.
------------------------------------------------------------------------------------------------------------------------
CREATE VIEW v_events AS
SELECT
  kind, occurred_at, external_id, coalesce(publisher, channel) AS source, primary_institution, institution_ids,
  title, text, sentiment, p_negative, reputation_labels, compliance_labels, negative_reputation, evidence, masked,
  url, sector, customer_ref, encode(story_hash, 'hex') AS story_hash,
  model_version, label_set_version, masker_version, dictionary_version,
  recorded_at, written_at, topic || '[' || "partition" || ']@' || "offset" AS position
FROM scored_events;

COMMENT ON VIEW v_events IS 'Scored texts for reading. Limit occurred_at (or recorded_at, which prunes partitions).';
COMMENT ON COLUMN v_events.kind IS 'What the text is: news or complaint.';
COMMENT ON COLUMN v_events.occurred_at IS 'Event time.';
COMMENT ON COLUMN v_events.external_id IS 'The sender''s identifier.';
COMMENT ON COLUMN v_events.source IS 'Publisher of the news or channel of the complaint.';
COMMENT ON COLUMN v_events.primary_institution IS 'Dictionary id of the most relevant institution.';
COMMENT ON COLUMN v_events.institution_ids IS 'Dictionary ids of all institutions the text is about.';
COMMENT ON COLUMN v_events.title IS 'Masked title.';
COMMENT ON COLUMN v_events.text IS 'Masked text.';
COMMENT ON COLUMN v_events.sentiment IS 'negative, neutral or positive.';
COMMENT ON COLUMN v_events.p_negative IS 'Probability that the sentiment is negative.';
COMMENT ON COLUMN v_events.reputation_labels IS 'Event categories found.';
COMMENT ON COLUMN v_events.compliance_labels IS 'Compliance flags found.';
COMMENT ON COLUMN v_events.negative_reputation IS 'P(negative) times the largest reputation probability.';
COMMENT ON COLUMN v_events.evidence IS 'The part of the text that speaks most for every label found.';
COMMENT ON COLUMN v_events.masked IS 'How many values were masked, by type.';
COMMENT ON COLUMN v_events.url IS 'Address of the news.';
COMMENT ON COLUMN v_events.sector IS 'Sector of the complaint.';
COMMENT ON COLUMN v_events.customer_ref IS 'Pseudonym of the customer.';
COMMENT ON COLUMN v_events.story_hash IS 'Shared by exact copies of one story, in hex.';
COMMENT ON COLUMN v_events.model_version IS 'Model that scored the text.';
COMMENT ON COLUMN v_events.label_set_version IS 'Version of the label set.';
COMMENT ON COLUMN v_events.masker_version IS 'Version of the masking rules.';
COMMENT ON COLUMN v_events.dictionary_version IS 'Version of the institution dictionary.';
COMMENT ON COLUMN v_events.recorded_at IS 'Timestamp of the Kafka record.';
COMMENT ON COLUMN v_events.written_at IS 'When the row was written.';
COMMENT ON COLUMN v_events.position IS 'Where the original stands in Kafka: topic[partition]@offset.';

CREATE VIEW v_entity_daily AS
SELECT
  e.day, e.institution_id, e.kind, e.texts, e.negative_texts, coalesce(r.counted_texts, 0) AS counted_texts,
  e.mean_negative_reputation, e.max_negative_reputation
FROM (
  SELECT
    ((occurred_at AT TIME ZONE 'UTC') + interval '9 hours')::date AS day, institution_id, kind,
    count(*) AS texts,
    count(*) FILTER (WHERE sentiment = 'negative') AS negative_texts,
    avg(negative_reputation)::real AS mean_negative_reputation,
    max(negative_reputation) AS max_negative_reputation
  FROM scored_events CROSS JOIN LATERAL unnest(institution_ids) AS institution_id
  GROUP BY 1, 2, 3
) AS e
LEFT JOIN (
  SELECT
    ((bucket AT TIME ZONE 'UTC') + interval '9 hours')::date AS day, institution_id, kind,
    sum(texts) AS counted_texts
  FROM reputation_rollup
  WHERE category = 'all'
  GROUP BY 1, 2, 3
) AS r USING (day, institution_id, kind);

COMMENT ON VIEW v_entity_daily IS 'Texts about every institution by Korean day and kind. Limit day.';
COMMENT ON COLUMN v_entity_daily.day IS 'Korean calendar day of the event time.';
COMMENT ON COLUMN v_entity_daily.institution_id IS 'Dictionary id of the institution.';
COMMENT ON COLUMN v_entity_daily.kind IS 'What the texts are: news or complaint.';
COMMENT ON COLUMN v_entity_daily.texts IS 'All texts about the institution, copies included.';
COMMENT ON COLUMN v_entity_daily.negative_texts IS 'Those with negative sentiment.';
COMMENT ON COLUMN v_entity_daily.counted_texts IS 'Those that count against the institution, copies left out: what the spike detector sees.';
COMMENT ON COLUMN v_entity_daily.mean_negative_reputation IS 'Mean of negative_reputation.';
COMMENT ON COLUMN v_entity_daily.max_negative_reputation IS 'Largest negative_reputation.';

DO $$ BEGIN
  IF to_regclass('schema_migrations') IS NOT NULL THEN
    COMMENT ON TABLE schema_migrations IS 'The migrations that have run, written by the command migrate.';
    COMMENT ON COLUMN schema_migrations.migration_id IS 'Name of the migration.';
    COMMENT ON COLUMN schema_migrations.product_version IS 'Version of the library that ran it.';
  END IF;
END $$;
