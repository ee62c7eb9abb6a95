-- What the spike detector knows and what it found: levels, alerts, deliveries, the analysts' view of open alerts.

------------------------------------------------------------------------------------------------------------------------
-- detector_state, spike_levels: what the detector goes on from. Written with the alerts in one transaction.
------------------------------------------------------------------------------------------------------------------------
CREATE TABLE detector_state (
  only_row        boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
  evaluated_until timestamptz NOT NULL,
  detector        text        NOT NULL,
  updated_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON TABLE detector_state IS 'How far the spike detector has evaluated; one row, none before the first text.';
COMMENT ON COLUMN detector_state.only_row IS 'Always true: there is one row.';
COMMENT ON COLUMN detector_state.evaluated_until IS 'The last 5-minute step of the detector''s clock (event time) that was evaluated.';
COMMENT ON COLUMN detector_state.detector IS 'Name and version of the detector that evaluated it.';
COMMENT ON COLUMN detector_state.updated_at IS 'When the row was written, by the database''s clock.';

CREATE TABLE spike_levels (
  kind           text             NOT NULL,
  institution_id text             NOT NULL,
  per_day        double precision NOT NULL,
  dispersion     double precision NOT NULL,
  counts         double precision NOT NULL,
  hours          double precision NOT NULL,
  squares        double precision NOT NULL,
  expected       double precision NOT NULL,
  observed_since timestamptz      NOT NULL,
  learned_until  date             NOT NULL,
  updated_at     timestamptz      NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (kind, institution_id)
);

COMMENT ON TABLE spike_levels IS 'What is normal for an institution and kind: learned once a Korean day, two days behind.';
COMMENT ON COLUMN spike_levels.kind IS 'What is counted: news or complaint.';
COMMENT ON COLUMN spike_levels.institution_id IS 'Dictionary id of the institution.';
COMMENT ON COLUMN spike_levels.per_day IS 'Counted texts a day that are expected.';
COMMENT ON COLUMN spike_levels.dispersion IS 'Variance over mean of a day''s count; 1 is Poisson.';
COMMENT ON COLUMN spike_levels.counts IS 'State of the estimate: decayed sum of counts.';
COMMENT ON COLUMN spike_levels.hours IS 'State of the estimate: decayed hours observed.';
COMMENT ON COLUMN spike_levels.squares IS 'State of the estimate: decayed squared deviations of days.';
COMMENT ON COLUMN spike_levels.expected IS 'State of the estimate: decayed expected counts.';
COMMENT ON COLUMN spike_levels.observed_since IS 'Event time of the first text; for two weeks from here the institution counts as new.';
COMMENT ON COLUMN spike_levels.learned_until IS 'First Korean day that is not learned yet.';
COMMENT ON COLUMN spike_levels.updated_at IS 'When the row was written, by the database''s clock.';

------------------------------------------------------------------------------------------------------------------------
-- alerts, alert_deliveries: what was found, and who has been told. The row is the outbox.
------------------------------------------------------------------------------------------------------------------------
CREATE TABLE alerts (
  alert_id           bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  alert_key          text             NOT NULL UNIQUE,
  rule               text             NOT NULL,
  kind               text             NOT NULL,
  institution_id     text             NOT NULL,
  state              text             NOT NULL CHECK (state IN ('open', 'closed')),
  severity           text             NOT NULL CHECK (severity IN ('warning', 'critical')),
  opened_at          timestamptz      NOT NULL,
  closed_at          timestamptz,
  window_hours       integer          NOT NULL,
  seen               integer          NOT NULL,
  expected           double precision NOT NULL,
  p                  double precision NOT NULL,
  dispersion         double precision NOT NULL,
  publishers         integer          NOT NULL,
  level_per_day      double precision NOT NULL,
  cold_start         boolean          NOT NULL,
  windows            jsonb            NOT NULL,
  evidence           jsonb            NOT NULL,
  raised_at          timestamptz      NOT NULL,
  raised_seen        integer          NOT NULL,
  raised_windows     jsonb            NOT NULL,
  calm_since         timestamptz,
  detector           text             NOT NULL,
  model_version      text,
  label_set_version  text,
  masker_version     text,
  dictionary_version text,
  created_at         timestamptz      NOT NULL DEFAULT clock_timestamp(),
  updated_at         timestamptz      NOT NULL DEFAULT clock_timestamp(),
  CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);

CREATE UNIQUE INDEX alerts_one_open ON alerts (rule, kind, institution_id) WHERE state = 'open';
CREATE INDEX ON alerts (kind, institution_id, opened_at);
CREATE INDEX ON alerts (opened_at);

COMMENT ON TABLE alerts IS 'Spikes of negative reputation, one row each. At most one is open for a rule, kind and institution.';
COMMENT ON COLUMN alerts.alert_id IS 'Number of the alert.';
COMMENT ON COLUMN alerts.alert_key IS 'Rule, kind, institution and opening time: the same spike has the same key in every replay. Receivers get it as idempotency key.';
COMMENT ON COLUMN alerts.rule IS 'The rule that fired: spike.';
COMMENT ON COLUMN alerts.kind IS 'What spiked: news or complaint.';
COMMENT ON COLUMN alerts.institution_id IS 'Dictionary id of the institution.';
COMMENT ON COLUMN alerts.state IS 'open or closed.';
COMMENT ON COLUMN alerts.severity IS 'warning or critical; rises while the alert is open, never falls.';
COMMENT ON COLUMN alerts.opened_at IS 'Event time of the text that opened the alert: the deciding window ends here.';
COMMENT ON COLUMN alerts.closed_at IS 'Event time at which the last 24 hours had been unremarkable for 12 hours; null while open.';
COMMENT ON COLUMN alerts.window_hours IS 'Length of the deciding window.';
COMMENT ON COLUMN alerts.seen IS 'Counted texts in the deciding window when the alert opened.';
COMMENT ON COLUMN alerts.expected IS 'Counted texts that the institution''s level expects in it.';
COMMENT ON COLUMN alerts.p IS 'Probability of at least as many by chance.';
COMMENT ON COLUMN alerts.dispersion IS 'Variance over mean that was assumed.';
COMMENT ON COLUMN alerts.publishers IS 'Distinct publishers or channels in the deciding window.';
COMMENT ON COLUMN alerts.level_per_day IS 'Counted texts a day that were expected when the alert opened.';
COMMENT ON COLUMN alerts.cold_start IS 'The institution was new (14 days), so ten times the evidence was asked.';
COMMENT ON COLUMN alerts.windows IS 'All windows when the alert opened: [{"hours":1,"seen":5,"expected":0.02,"dispersion":1.1,"p":1e-7,"publishers":3,"fires":true}].';
COMMENT ON COLUMN alerts.evidence IS 'The strongest texts of the deciding window when the alert opened, masked: position, source, title, labels.';
COMMENT ON COLUMN alerts.raised_at IS 'Event time at which the alert was opened, became critical, or its count last doubled.';
COMMENT ON COLUMN alerts.raised_seen IS 'Counted texts in the deciding window at that time.';
COMMENT ON COLUMN alerts.raised_windows IS 'All windows at that time.';
COMMENT ON COLUMN alerts.calm_since IS 'Event time since which the last 24 hours have been unremarkable; null while they are not.';
COMMENT ON COLUMN alerts.detector IS 'Name and version of the detector.';
COMMENT ON COLUMN alerts.model_version IS 'Model that scored the strongest text.';
COMMENT ON COLUMN alerts.label_set_version IS 'Label set of the strongest text.';
COMMENT ON COLUMN alerts.masker_version IS 'Masking rules of the strongest text.';
COMMENT ON COLUMN alerts.dictionary_version IS 'Institution dictionary of the strongest text.';
COMMENT ON COLUMN alerts.created_at IS 'When the row was written, by the database''s clock.';
COMMENT ON COLUMN alerts.updated_at IS 'When the row last changed, by the database''s clock.';

CREATE TABLE alert_deliveries (
  alert_id        bigint      NOT NULL REFERENCES alerts ON DELETE CASCADE,
  sink            text        NOT NULL,
  state           text        NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'too_old')),
  attempts        integer     NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT '-infinity',
  last_error      text,
  delivered_at    timestamptz,
  PRIMARY KEY (alert_id, sink),
  CHECK ((state = 'delivered') = (delivered_at IS NOT NULL))
);

CREATE INDEX ON alert_deliveries (sink, next_attempt_at) WHERE state = 'pending';

COMMENT ON TABLE alert_deliveries IS 'One row an alert and sink that existed when the alert opened: written with the alert, so no crash loses a delivery.';
COMMENT ON COLUMN alert_deliveries.alert_id IS 'The alert.';
COMMENT ON COLUMN alert_deliveries.sink IS 'Who is to be told: log, webhook.';
COMMENT ON COLUMN alert_deliveries.state IS 'pending; delivered; too_old: older than Alerting:MaxAge before it could be delivered, and not sent.';
COMMENT ON COLUMN alert_deliveries.attempts IS 'How often delivery was begun.';
COMMENT ON COLUMN alert_deliveries.next_attempt_at IS 'Not before this time (wall clock); also keeps a second worker off while one delivers.';
COMMENT ON COLUMN alert_deliveries.last_error IS 'Class of the last failure: http_503, timeout, connection; null after success.';
COMMENT ON COLUMN alert_deliveries.delivered_at IS 'When the sink took the alert (wall clock).';

------------------------------------------------------------------------------------------------------------------------
-- Views for analysts.
------------------------------------------------------------------------------------------------------------------------
CREATE VIEW v_open_alerts AS
SELECT
  a.alert_id, a.severity, a.institution_id, a.kind, a.opened_at, a.window_hours, a.seen, a.expected, a.p, a.publishers,
  a.level_per_day, a.cold_start, a.raised_at, a.raised_seen,
  ARRAY(
    SELECT e.text ->> 'title' FROM jsonb_array_elements(a.evidence) WITH ORDINALITY AS e (text, place)
    WHERE e.text ->> 'title' IS NOT NULL ORDER BY e.place
  ) AS titles,
  (SELECT max(d.delivered_at) FROM alert_deliveries AS d WHERE d.alert_id = a.alert_id) AS delivered_at,
  a.created_at
FROM alerts AS a
WHERE a.state = 'open';

COMMENT ON VIEW v_open_alerts IS 'The alerts that are open now. Closed ones stay in alerts.';
COMMENT ON COLUMN v_open_alerts.alert_id IS 'Number of the alert.';
COMMENT ON COLUMN v_open_alerts.severity IS 'warning or critical.';
COMMENT ON COLUMN v_open_alerts.institution_id IS 'Dictionary id of the institution.';
COMMENT ON COLUMN v_open_alerts.kind IS 'What spiked: news or complaint.';
COMMENT ON COLUMN v_open_alerts.opened_at IS 'Event time of the text that opened the alert.';
COMMENT ON COLUMN v_open_alerts.window_hours IS 'Length of the deciding window.';
COMMENT ON COLUMN v_open_alerts.seen IS 'Counted texts in it when the alert opened.';
COMMENT ON COLUMN v_open_alerts.expected IS 'Counted texts that were expected in it.';
COMMENT ON COLUMN v_open_alerts.p IS 'Probability of at least as many by chance.';
COMMENT ON COLUMN v_open_alerts.publishers IS 'Distinct publishers or channels in it.';
COMMENT ON COLUMN v_open_alerts.level_per_day IS 'Counted texts a day that are normal for the institution.';
COMMENT ON COLUMN v_open_alerts.cold_start IS 'The institution was new.';
COMMENT ON COLUMN v_open_alerts.raised_at IS 'Event time at which it was opened, became critical, or its count last doubled.';
COMMENT ON COLUMN v_open_alerts.raised_seen IS 'Counted texts in the deciding window at that time.';
COMMENT ON COLUMN v_open_alerts.titles IS 'Masked titles of the strongest texts.';
COMMENT ON COLUMN v_open_alerts.delivered_at IS 'When a sink last took it; null while none has.';
COMMENT ON COLUMN v_open_alerts.created_at IS 'When the detector wrote it.';
