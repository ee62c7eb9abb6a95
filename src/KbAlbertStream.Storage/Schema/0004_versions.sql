-- Texts that come again: which version is current, which were withdrawn, what that takes back, and whom it corrects.
-- Of the versions of a text, the records with one (kind, external_id), the newest is the greatest by recorded_at, then
-- topic, partition and offset: a property of the records, not of the order in which they are read.

------------------------------------------------------------------------------------------------------------------------
-- withdrawals, text_versions
------------------------------------------------------------------------------------------------------------------------
CREATE TABLE withdrawals (
  kind        text        NOT NULL,
  recorded_at timestamptz NOT NULL,
  topic       text        NOT NULL,
  "partition" integer     NOT NULL,
  "offset"    bigint      NOT NULL,
  external_id text        NOT NULL,
  written_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (kind, recorded_at, topic, "partition", "offset")
);

COMMENT ON TABLE withdrawals IS 'One row a record that takes a text back: a tombstone with the id as its key, or a message with deleted = true. With scored_events and dead_letters every record of the topics is accounted for.';
COMMENT ON COLUMN withdrawals.kind IS 'What the text is: news or complaint.';
COMMENT ON COLUMN withdrawals.recorded_at IS 'Timestamp of the Kafka record, UTC; 2000-01-01 when it was missing or out of range.';
COMMENT ON COLUMN withdrawals.topic IS 'Kafka topic of the record.';
COMMENT ON COLUMN withdrawals."partition" IS 'Kafka partition of the record.';
COMMENT ON COLUMN withdrawals."offset" IS 'Offset of the record in its Kafka partition.';
COMMENT ON COLUMN withdrawals.external_id IS 'The text that is taken back: external_id of scored_events, which need not hold it (yet).';
COMMENT ON COLUMN withdrawals.written_at IS 'When the row was written, by the database''s clock.';

-- Only columns without an index change, and there is room on the page: an update moves nothing in the index.
CREATE TABLE text_versions (
  kind        text        NOT NULL,
  external_id text        NOT NULL,
  recorded_at timestamptz NOT NULL,
  topic       text        NOT NULL,
  "partition" integer     NOT NULL,
  "offset"    bigint      NOT NULL,
  withdrawn   boolean     NOT NULL,
  PRIMARY KEY (kind, external_id)
) WITH (fillfactor = 90);

COMMENT ON TABLE text_versions IS 'The newest version of every text (kind, external_id). Newest is the greatest by recorded_at, then topic, partition, offset. What is older, or withdrawn, counts for nothing.';
COMMENT ON COLUMN text_versions.kind IS 'What the text is: news or complaint.';
COMMENT ON COLUMN text_versions.external_id IS 'The text: external_id of scored_events and withdrawals.';
COMMENT ON COLUMN text_versions.recorded_at IS 'Timestamp of the Kafka record of the newest version: with topic, partition and offset the key of its row in scored_events, or in withdrawals when withdrawn.';
COMMENT ON COLUMN text_versions.topic IS 'Kafka topic of the newest version.';
COMMENT ON COLUMN text_versions."partition" IS 'Kafka partition of the newest version.';
COMMENT ON COLUMN text_versions."offset" IS 'Offset of the newest version in its Kafka partition.';
COMMENT ON COLUMN text_versions.withdrawn IS 'True when the newest version is a withdrawal: then no version is current.';

INSERT INTO text_versions (kind, external_id, recorded_at, topic, "partition", "offset", withdrawn)
SELECT DISTINCT ON (kind, external_id) kind, external_id, recorded_at, topic, "partition", "offset", false
FROM scored_events
ORDER BY kind, external_id, recorded_at DESC, topic COLLATE "C" DESC, "partition" DESC, "offset" DESC;

------------------------------------------------------------------------------------------------------------------------
-- negative_mentions: those of older versions stay and count for nothing
------------------------------------------------------------------------------------------------------------------------
ALTER TABLE negative_mentions ADD COLUMN current boolean NOT NULL DEFAULT true;

COMMENT ON COLUMN negative_mentions.current IS 'False when a newer version of the text, or a withdrawal, took its place: then it is not counted, and no copy of anything.';
COMMENT ON COLUMN negative_mentions.counted IS 'True when the text is in reputation_rollup; false for a copy of one that is, and for what is not current. May change when an earlier copy arrives late, or when the counted one is corrected or withdrawn.';

UPDATE negative_mentions AS m SET current = false, counted = false
FROM scored_events AS e
WHERE (e.kind, e.recorded_at, e.topic, e."partition", e."offset")
    = (m.kind, m.recorded_at, m.topic, m."partition", m."offset")
  AND NOT EXISTS (
    SELECT FROM text_versions AS v
    WHERE (v.kind, v.external_id) = (e.kind, e.external_id)
      AND (v.recorded_at, v.topic, v."partition", v."offset") = (e.recorded_at, e.topic, e."partition", e."offset"));

-- Copies that did not count because of one that is not current any more: settled anew by the writer's rule, in order of
-- event time the first counts, and then the first one later than the window after the last counted one.
DO $$
DECLARE
  mention record;
  story text;
  last_story text;
  last_counted timestamptz;
  counts boolean;
BEGIN
  FOR mention IN
    SELECT m.* FROM negative_mentions AS m
    WHERE m.current AND (m.kind = 'news' OR m.customer_ref <> '')
      AND EXISTS (SELECT FROM negative_mentions AS o WHERE o.story_hash = m.story_hash AND NOT o.current)
    ORDER BY m.kind, m.institution_id, m.story_hash, CASE m.kind WHEN 'news' THEN '' ELSE m.customer_ref END,
             m.occurred_at, m.recorded_at, m.topic COLLATE "C", m."partition", m."offset"
  LOOP
    story := concat_ws(
      '/', mention.kind, mention.institution_id, encode(mention.story_hash, 'hex'),
      CASE mention.kind WHEN 'news' THEN '' ELSE mention.customer_ref END);
    counts := story IS DISTINCT FROM last_story OR mention.occurred_at - last_counted
      > CASE mention.kind WHEN 'news' THEN interval '72 hours' ELSE interval '168 hours' END;
    last_story := story;
    IF counts THEN
      last_counted := mention.occurred_at;
    END IF;

    IF counts <> mention.counted THEN
      UPDATE negative_mentions AS n SET counted = counts
      WHERE n.kind = mention.kind AND n.institution_id = mention.institution_id
        AND n.recorded_at = mention.recorded_at AND n.topic = mention.topic
        AND n."partition" = mention."partition" AND n."offset" = mention."offset";
    END IF;
  END LOOP;
END $$;

-- The counts, anew, where anything may have changed; without a text that came twice this reads and writes nothing more.
DO $$ BEGIN
  IF EXISTS (SELECT FROM negative_mentions WHERE NOT current) THEN
    DELETE FROM reputation_rollup;
    INSERT INTO reputation_rollup (kind, institution_id, category, bucket, texts)
    SELECT kind, institution_id, category,
           to_timestamp(floor(extract(epoch FROM occurred_at) / 300) * 300), count(*)
    FROM negative_mentions
    CROSS JOIN LATERAL (
      SELECT DISTINCT label FROM unnest(categories || 'all'::text) AS label) AS c (category)
    WHERE counted
    GROUP BY 1, 2, 3, 4;
  END IF;
END $$;

------------------------------------------------------------------------------------------------------------------------
-- pending_retractions, alert_texts, alert_corrections: from a text that counts no more to those who were told of it
------------------------------------------------------------------------------------------------------------------------
CREATE TABLE pending_retractions (
  seq            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind           text        NOT NULL,
  institution_id text        NOT NULL,
  external_id    text        NOT NULL,
  reason         text        NOT NULL CHECK (reason IN ('withdrawn', 'corrected', 'replaced')),
  recorded_at    timestamptz NOT NULL,
  topic          text        NOT NULL,
  "partition"    integer     NOT NULL,
  "offset"       bigint      NOT NULL,
  written_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON TABLE pending_retractions IS 'Mentions that ceased to be current and that the spike detector has not forgotten yet: written with the version that took their place, deleted by the detector with the corrections that follow.';
COMMENT ON COLUMN pending_retractions.seq IS 'Order of writing.';
COMMENT ON COLUMN pending_retractions.kind IS 'What the text is: news or complaint.';
COMMENT ON COLUMN pending_retractions.institution_id IS 'Dictionary id of the institution that it spoke against.';
COMMENT ON COLUMN pending_retractions.external_id IS 'The text: external_id of scored_events.';
COMMENT ON COLUMN pending_retractions.reason IS 'withdrawn; corrected: the newer version does not speak against the institution; replaced: it does, and is looked at on its own.';
COMMENT ON COLUMN pending_retractions.recorded_at IS 'Timestamp of the Kafka record of the newer version or withdrawal.';
COMMENT ON COLUMN pending_retractions.topic IS 'Kafka topic of that record.';
COMMENT ON COLUMN pending_retractions."partition" IS 'Kafka partition of that record.';
COMMENT ON COLUMN pending_retractions."offset" IS 'Offset of that record in its Kafka partition.';
COMMENT ON COLUMN pending_retractions.written_at IS 'When the row was written, by the database''s clock.';

-- The writer asks whether a mention that comes again has been looked at.
CREATE INDEX ON pending_looks (topic, "partition", "offset");

CREATE TABLE alert_texts (
  alert_id    bigint NOT NULL REFERENCES alerts ON DELETE CASCADE,
  external_id text   NOT NULL,
  PRIMARY KEY (alert_id, external_id)
);

CREATE INDEX ON alert_texts (external_id);

COMMENT ON TABLE alert_texts IS 'The texts that an alert counted in its deciding window when it opened: as many as alerts.seen.';
COMMENT ON COLUMN alert_texts.alert_id IS 'The alert.';
COMMENT ON COLUMN alert_texts.external_id IS 'The text: external_id of scored_events, of the alert''s kind.';

-- Of older alerts only the strongest texts are known.
INSERT INTO alert_texts (alert_id, external_id)
SELECT DISTINCT a.alert_id, e.external_id
FROM alerts AS a
CROSS JOIN jsonb_array_elements(a.evidence) AS t (text)
JOIN scored_events AS e
  ON e.kind = a.kind AND e.recorded_at = (t.text ->> 'recorded_at')::timestamptz AND e.topic = t.text ->> 'topic'
 AND e."partition" = (t.text ->> 'partition')::int AND e."offset" = (t.text ->> 'offset')::bigint;

CREATE TABLE alert_corrections (
  alert_id    bigint      NOT NULL REFERENCES alerts ON DELETE CASCADE,
  number      integer     NOT NULL CHECK (number > 0),
  external_id text        NOT NULL,
  reason      text        NOT NULL CHECK (reason IN ('withdrawn', 'corrected')),
  remaining   integer     NOT NULL,
  recorded_at timestamptz NOT NULL,
  topic       text        NOT NULL,
  "partition" integer     NOT NULL,
  "offset"    bigint      NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (alert_id, number),
  UNIQUE (alert_id, external_id)
);

COMMENT ON TABLE alert_corrections IS 'What an alert was told by and no longer holds: one row a text that it counted when it opened and that was withdrawn, or corrected so that it no longer speaks against the institution. A text corrects an alert once.';
COMMENT ON COLUMN alert_corrections.alert_id IS 'The alert.';
COMMENT ON COLUMN alert_corrections.number IS '1, 2, ... within the alert; part of the idempotency key that receivers get.';
COMMENT ON COLUMN alert_corrections.external_id IS 'The text: external_id of scored_events.';
COMMENT ON COLUMN alert_corrections.reason IS 'withdrawn, or corrected: its newest version does not speak against the institution.';
COMMENT ON COLUMN alert_corrections.remaining IS 'Texts that the alert counted when it opened and that still stand.';
COMMENT ON COLUMN alert_corrections.recorded_at IS 'Timestamp of the Kafka record that withdrew or corrected the text.';
COMMENT ON COLUMN alert_corrections.topic IS 'Kafka topic of that record.';
COMMENT ON COLUMN alert_corrections."partition" IS 'Kafka partition of that record.';
COMMENT ON COLUMN alert_corrections."offset" IS 'Offset of that record in its Kafka partition.';
COMMENT ON COLUMN alert_corrections.created_at IS 'When the row was written, by the database''s clock.';

ALTER TABLE alert_deliveries
  ADD COLUMN correction integer NOT NULL DEFAULT 0,
  DROP CONSTRAINT alert_deliveries_pkey,
  ADD PRIMARY KEY (alert_id, correction, sink);

COMMENT ON TABLE alert_deliveries IS 'One row an alert, or correction of one, and sink that existed when the alert opened: written with it, so no crash loses a delivery.';
COMMENT ON COLUMN alert_deliveries.correction IS '0 for the alert itself, else the number of its correction, which is sent after the alert.';

------------------------------------------------------------------------------------------------------------------------
-- Views for analysts: what is current, and all there was. No view shows a customer's pseudonym.
------------------------------------------------------------------------------------------------------------------------
DROP VIEW v_entity_daily;
DROP VIEW v_events;

CREATE VIEW v_event_versions AS
SELECT
  e.kind, e.occurred_at, e.external_id,
  CASE
    WHEN v.withdrawn THEN 'withdrawn'
    WHEN (v.recorded_at, v.topic, v."partition", v."offset") = (e.recorded_at, e.topic, e."partition", e."offset")
      THEN 'current'
    ELSE 'superseded'
  END AS state,
  coalesce(e.publisher, e.channel) AS source, e.primary_institution, e.institution_ids, e.title, e.text, e.sentiment,
  e.p_negative, e.reputation_labels, e.compliance_labels, e.negative_reputation, e.evidence, e.masked, e.url, e.sector,
  encode(e.story_hash, 'hex') AS story_hash, e.model_version, e.label_set_version, e.masker_version,
  e.dictionary_version, e.recorded_at, e.written_at,
  e.topic || '[' || e."partition" || ']@' || e."offset" AS position
FROM scored_events AS e
JOIN text_versions AS v ON v.kind = e.kind AND v.external_id = e.external_id;

CREATE VIEW v_events AS
SELECT
  e.kind, e.occurred_at, e.external_id, coalesce(e.publisher, e.channel) AS source, e.primary_institution,
  e.institution_ids, e.title, e.text, e.sentiment, e.p_negative, e.reputation_labels, e.compliance_labels,
  e.negative_reputation, e.evidence, e.masked, e.url, e.sector, encode(e.story_hash, 'hex') AS story_hash,
  e.model_version, e.label_set_version, e.masker_version, e.dictionary_version, e.recorded_at, e.written_at,
  e.topic || '[' || e."partition" || ']@' || e."offset" AS position
FROM scored_events AS e
JOIN text_versions AS v
  ON v.kind = e.kind AND v.external_id = e.external_id AND v.recorded_at = e.recorded_at AND v.topic = e.topic
 AND v."partition" = e."partition" AND v."offset" = e."offset";

COMMENT ON VIEW v_events IS 'Scored texts for reading, each in its newest version; withdrawn ones are left out. Limit occurred_at (or recorded_at, which prunes partitions).';
COMMENT ON VIEW v_event_versions IS 'Every version of every text with its state. Limit external_id, occurred_at or recorded_at.';
COMMENT ON COLUMN v_event_versions.state IS 'current: the newest version; superseded: a newer one is there; withdrawn: the text was taken back, all its versions.';

DO $$
DECLARE
  view text;
  described record;
BEGIN
  FOREACH view IN ARRAY ARRAY['v_events', 'v_event_versions'] LOOP
    FOR described IN
      SELECT * FROM (VALUES
        ('kind', 'What the text is: news or complaint.'),
        ('occurred_at', 'Event time.'),
        ('external_id', 'The sender''s identifier.'),
        ('source', 'Publisher of the news or channel of the complaint.'),
        ('primary_institution', 'Dictionary id of the most relevant institution.'),
        ('institution_ids', 'Dictionary ids of all institutions the text is about.'),
        ('title', 'Masked title.'),
        ('text', 'Masked text.'),
        ('sentiment', 'negative, neutral or positive.'),
        ('p_negative', 'Probability that the sentiment is negative.'),
        ('reputation_labels', 'Event categories found.'),
        ('compliance_labels', 'Compliance flags found.'),
        ('negative_reputation', 'P(negative) times the largest reputation probability.'),
        ('evidence', 'The part of the text that speaks most for every label found.'),
        ('masked', 'How many values were masked, by type.'),
        ('url', 'Address of the news.'),
        ('sector', 'Sector of the complaint.'),
        ('story_hash', 'Shared by exact copies of one story, in hex.'),
        ('model_version', 'Model that scored the text.'),
        ('label_set_version', 'Version of the label set.'),
        ('masker_version', 'Version of the masking rules.'),
        ('dictionary_version', 'Version of the institution dictionary.'),
        ('recorded_at', 'Timestamp of the Kafka record.'),
        ('written_at', 'When the row was written.'),
        ('position', 'Where the original stands in Kafka: topic[partition]@offset.')
      ) AS c (name, comment)
    LOOP
      EXECUTE format('COMMENT ON COLUMN %I.%I IS %L', view, described.name, described.comment);
    END LOOP;
  END LOOP;
END $$;

CREATE VIEW v_entity_daily AS
SELECT
  e.day, e.institution_id, e.kind, e.texts, e.negative_texts, coalesce(r.counted_texts, 0) AS counted_texts,
  e.mean_negative_reputation, e.max_negative_reputation
FROM (
  SELECT
    ((s.occurred_at AT TIME ZONE 'UTC') + interval '9 hours')::date AS day, institution_id, s.kind,
    count(*) AS texts,
    count(*) FILTER (WHERE s.sentiment = 'negative') AS negative_texts,
    avg(s.negative_reputation)::real AS mean_negative_reputation,
    max(s.negative_reputation) AS max_negative_reputation
  FROM scored_events AS s
  JOIN text_versions AS v
    ON v.kind = s.kind AND v.external_id = s.external_id AND v.recorded_at = s.recorded_at AND v.topic = s.topic
   AND v."partition" = s."partition" AND v."offset" = s."offset"
  CROSS JOIN LATERAL unnest(s.institution_ids) AS institution_id
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

COMMENT ON VIEW v_entity_daily IS 'Texts about every institution by Korean day and kind, each in its newest version, withdrawn ones left out. Limit day.';
COMMENT ON COLUMN v_entity_daily.day IS 'Korean calendar day of the event time.';
COMMENT ON COLUMN v_entity_daily.institution_id IS 'Dictionary id of the institution.';
COMMENT ON COLUMN v_entity_daily.kind IS 'What the texts are: news or complaint.';
COMMENT ON COLUMN v_entity_daily.texts IS 'All texts about the institution, copies included.';
COMMENT ON COLUMN v_entity_daily.negative_texts IS 'Those with negative sentiment.';
COMMENT ON COLUMN v_entity_daily.counted_texts IS 'Those that count against the institution, copies left out: what the spike detector sees.';
COMMENT ON COLUMN v_entity_daily.mean_negative_reputation IS 'Mean of negative_reputation.';
COMMENT ON COLUMN v_entity_daily.max_negative_reputation IS 'Largest negative_reputation.';

CREATE OR REPLACE VIEW v_open_alerts AS
SELECT
  a.alert_id, a.severity, a.institution_id, a.kind, a.opened_at, a.window_hours, a.seen, a.expected, a.p, a.publishers,
  a.level_per_day, a.cold_start, a.raised_at, a.raised_seen,
  ARRAY(
    SELECT e.text ->> 'title' FROM jsonb_array_elements(a.evidence) WITH ORDINALITY AS e (text, place)
    WHERE e.text ->> 'title' IS NOT NULL ORDER BY e.place
  ) AS titles,
  (SELECT max(d.delivered_at) FROM alert_deliveries AS d WHERE d.alert_id = a.alert_id AND d.correction = 0) AS delivered_at,
  a.created_at,
  (SELECT count(*) FROM alert_corrections AS c WHERE c.alert_id = a.alert_id)::int AS corrections
FROM alerts AS a
WHERE a.state = 'open';

COMMENT ON COLUMN v_open_alerts.corrections IS 'Texts that it counted when it opened and that were withdrawn or corrected since: see v_alert_corrections.';

CREATE VIEW v_alert_corrections AS
SELECT
  c.alert_id, c.number, a.institution_id, a.kind, a.opened_at, a.seen, c.remaining, c.reason, c.external_id,
  c.topic || '[' || c."partition" || ']@' || c."offset" AS position, c.created_at
FROM alert_corrections AS c
JOIN alerts AS a ON a.alert_id = c.alert_id;

COMMENT ON VIEW v_alert_corrections IS 'Texts that an alert counted when it opened and that do not stand any more.';
COMMENT ON COLUMN v_alert_corrections.alert_id IS 'Number of the alert.';
COMMENT ON COLUMN v_alert_corrections.number IS '1, 2, ... within the alert.';
COMMENT ON COLUMN v_alert_corrections.institution_id IS 'Dictionary id of the institution.';
COMMENT ON COLUMN v_alert_corrections.kind IS 'What spiked: news or complaint.';
COMMENT ON COLUMN v_alert_corrections.opened_at IS 'Event time of the text that opened the alert.';
COMMENT ON COLUMN v_alert_corrections.seen IS 'Texts that the alert counted when it opened.';
COMMENT ON COLUMN v_alert_corrections.remaining IS 'Of these, so many still stood.';
COMMENT ON COLUMN v_alert_corrections.reason IS 'withdrawn, or corrected: its newest version does not speak against the institution.';
COMMENT ON COLUMN v_alert_corrections.external_id IS 'The text: external_id of v_event_versions.';
COMMENT ON COLUMN v_alert_corrections.position IS 'The record that withdrew or corrected it: topic[partition]@offset.';
COMMENT ON COLUMN v_alert_corrections.created_at IS 'When the detector wrote it.';
