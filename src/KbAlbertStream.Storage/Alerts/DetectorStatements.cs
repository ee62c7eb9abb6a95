using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>Reads what the detector has to evaluate and stores what it goes on from.</summary>
internal static class DetectorStatements
{
    // A partition that waits for an operator must not hold up the alerts of the others.
    public static NpgsqlBatchCommand ReadPartitions() => Statements.Create(
        """
        SELECT topic, "partition", next_offset, end_offset, max_occurred_at FROM partition_progress
        WHERE refused IS NULL
        """);

    // Up to the clock: while one partition catches up, the others' looks pile up and must not be read in every round.
    public static NpgsqlBatchCommand ReadLooks(DateTimeOffset clockAt, int most) => Statements.Create(
        $"""
        SELECT l.seq, l.clock_at, {SeenTextColumns.Select}, m.current
        FROM (
          SELECT * FROM pending_looks WHERE clock_at <= $1
          ORDER BY clock_at, topic COLLATE "C", "partition", "offset" LIMIT $2
        ) AS l
        JOIN negative_mentions AS m
          ON m.kind = l.kind AND m.institution_id = l.institution_id AND m.recorded_at = l.recorded_at
         AND m.topic = l.topic AND m."partition" = l."partition" AND m."offset" = l."offset"
        {SeenTextColumns.JoinEvent}
        """,
        clockAt,
        most);

    public static NpgsqlBatchCommand ReadRetractions(int most) => Statements.Create(
        """
        SELECT seq, kind, recorded_at, topic, "partition", "offset", institution_id, external_id, reason
        FROM pending_retractions ORDER BY seq LIMIT $1
        """,
        most);

    /// <summary>What must stand before the alerts: they are of series that have a level.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Store(DetectorOutcome outcome)
    {
        if (outcome.Looks.Count > 0)
        {
            yield return Statements.Create(
                "DELETE FROM pending_looks WHERE seq = ANY ($1)", outcome.Looks.Select(look => look.Seq).ToArray());
        }

        if (outcome.Retractions.Count > 0)
        {
            yield return Statements.Create(
                "DELETE FROM pending_retractions WHERE seq = ANY ($1)",
                outcome.Retractions.Select(retraction => retraction.Seq).ToArray());
        }

        if (outcome.EvaluatedUntil is { } until)
        {
            yield return Statements.Create(
                """
                INSERT INTO detector_state AS s (evaluated_until, detector) VALUES ($1, $2)
                ON CONFLICT (only_row) DO UPDATE SET
                  evaluated_until = excluded.evaluated_until, detector = excluded.detector,
                  updated_at = clock_timestamp()
                WHERE s.evaluated_until <> excluded.evaluated_until OR s.detector <> excluded.detector
                """,
                until,
                SpikeRules.Detector);
        }

        if (outcome.ChangedStates.Count > 0)
        {
            yield return StoreLevels([.. outcome.ChangedStates]);
        }
    }

    /// <summary>
    /// No change of an alert, and yet what a restarted detector must know: how long it has been calm. After the alerts,
    /// which may have opened in the same round.
    /// </summary>
    public static NpgsqlBatchCommand? StoreCalm(DetectorOutcome outcome)
    {
        var states = outcome.ChangedStates.Where(state => state.Alert is { IsOpen: true }).ToArray();
        return states.Length == 0 ? null : StoreCalm(states);
    }

    private static NpgsqlBatchCommand StoreLevels(SeriesState[] states) => Statements.Create(
        """
        INSERT INTO spike_levels (
          kind, institution_id, per_day, dispersion, counts, hours, squares, expected, observed_since, learned_until)
        SELECT * FROM unnest($1::text[], $2::text[], $3::float8[], $4::float8[], $5::float8[], $6::float8[],
                             $7::float8[], $8::float8[], $9::timestamptz[], $10::date[])
        ON CONFLICT (kind, institution_id) DO UPDATE SET
          per_day = excluded.per_day, dispersion = excluded.dispersion, counts = excluded.counts,
          hours = excluded.hours, squares = excluded.squares, expected = excluded.expected,
          observed_since = excluded.observed_since, learned_until = excluded.learned_until,
          updated_at = clock_timestamp()
        """,
        Kinds(states),
        Entities(states),
        states.Select(s => s.Level.RatePerHour(SpikeRules.Default) * 24).ToArray(),
        states.Select(s => s.Level.Dispersion(SpikeRules.Default)).ToArray(),
        states.Select(s => s.Level.Counts).ToArray(),
        states.Select(s => s.Level.Hours).ToArray(),
        states.Select(s => s.Level.Squares).ToArray(),
        states.Select(s => s.Level.Expected).ToArray(),
        states.Select(s => s.ObservedSince).ToArray(),
        states.Select(s => s.LearnedUntil).ToArray());

    private static NpgsqlBatchCommand StoreCalm(SeriesState[] states) => Statements.Create(
        """
        UPDATE alerts AS a SET calm_since = n.calm_since, updated_at = clock_timestamp()
        FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS n (kind, institution_id, calm_since)
        WHERE a.rule = $4 AND a.kind = n.kind AND a.institution_id = n.institution_id AND a.state = 'open'
          AND a.calm_since IS DISTINCT FROM n.calm_since
        """,
        Kinds(states),
        Entities(states),
        states.Select(s => s.Alert!.CalmSince).ToArray(),
        AlertWriter.Rule);

    private static string[] Kinds(SeriesState[] states) => [.. states.Select(s => s.Series.Kind.ToWireName())];

    private static string[] Entities(SeriesState[] states) => [.. states.Select(s => s.Series.Entity)];
}
