using System.Globalization;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Spikes;
using Npgsql;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>Turns transitions of alerts into rows, inside the caller's transaction.</summary>
internal static class AlertWriter
{
    /// <summary>The one rule so far.</summary>
    public const string Rule = "spike";

    /// <summary>Applies one transition. True when it made a new alert.</summary>
    public static async Task<bool> ApplyAsync(
        NpgsqlConnection connection,
        AlertChange change,
        IReadOnlyCollection<string> sinks,
        CancellationToken cancellationToken)
    {
        if (change.Type == AlertChangeType.Opened)
        {
            return await OpenAsync(connection, change, sinks, cancellationToken);
        }

        await using var command = change.Type == AlertChangeType.Closed ? Close(change) : Raise(change);
        command.Connection = connection;
        command.Parameters.Add(new NpgsqlParameter { Value = KeyOf(change) });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return false;
    }

    // The same spike has the same key in every replay, whoever finds it.
    private static string KeyOf(AlertChange change) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Rule}:{change.Series.Kind.ToWireName()}:{change.Series.Entity}:{change.Alert.OpenedAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffffZ}");

    private static async Task<bool> OpenAsync(
        NpgsqlConnection connection,
        AlertChange change,
        IReadOnlyCollection<string> sinks,
        CancellationToken cancellationToken)
    {
        var rows = await EvidenceReader.ReadAsync(connection, change.Evidence, cancellationToken);
        var versions = change.Evidence.Select(text => rows.GetValueOrDefault(text)?.Versions).FirstOrDefault();
        var deciding = change.Verdict.Deciding!;
        await using var command = new NpgsqlCommand(
            """
            WITH opened AS (
              INSERT INTO alerts (
                alert_key, rule, kind, institution_id, state, severity, opened_at, window_hours, seen, expected, p,
                dispersion, publishers, level_per_day, cold_start, windows, evidence, raised_at, raised_seen,
                raised_windows, detector, model_version, label_set_version, masker_version, dictionary_version)
              VALUES ($1, $2, $3, $4, 'open', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::jsonb, $16::jsonb, $6, $8,
                      $15::jsonb, $17, $18, $19, $20, $21)
              ON CONFLICT (alert_key) DO NOTHING
              RETURNING alert_id
            ), owed AS (
              INSERT INTO alert_deliveries (alert_id, sink) SELECT alert_id, sink FROM opened, unnest($22::text[]) AS sink
            ), counted AS (
              INSERT INTO alert_texts (alert_id, external_id)
              SELECT DISTINCT alert_id, id FROM opened, unnest($23::text[]) AS id
            )
            SELECT count(*) FROM opened
            """,
            connection);
        foreach (var value in (object?[])
        [
            KeyOf(change), Rule, change.Series.Kind.ToWireName(), change.Series.Entity,
            change.Alert.Severity.ToWireName(), change.Alert.OpenedAt, deciding.Hours, deciding.Seen, deciding.Expected,
            deciding.P, deciding.Dispersion, deciding.Publishers, change.Level.RatePerHour(SpikeRules.Default) * 24,
            change.Verdict.ColdStart, AlertJson.Windows(change.Verdict), AlertJson.Evidence(change.Evidence, rows),
            SpikeRules.Detector, versions?.Model, versions?.LabelSet, versions?.Masker, versions?.Dictionary,
            sinks.ToArray(), change.CountedIds.ToArray(),
        ])
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return (long)(await command.ExecuteScalarAsync(cancellationToken))! > 0;
    }

    private static NpgsqlCommand Raise(AlertChange change) => new(
        """
        UPDATE alerts SET
          state = 'open', closed_at = NULL, calm_since = NULL, severity = $1, raised_at = $2, raised_seen = $3,
          raised_windows = $4::jsonb, updated_at = clock_timestamp()
        WHERE alert_key = $5
        """)
    {
        Parameters =
        {
            new NpgsqlParameter { Value = change.Alert.Severity.ToWireName() },
            new NpgsqlParameter { Value = change.At },
            new NpgsqlParameter { Value = change.Alert.RaisedSeen },
            new NpgsqlParameter { Value = AlertJson.Windows(change.Verdict) },
        },
    };

    private static NpgsqlCommand Close(AlertChange change) => new(
        """
        UPDATE alerts SET state = 'closed', closed_at = $1, calm_since = $2, updated_at = clock_timestamp()
        WHERE alert_key = $3
        """)
    {
        Parameters =
        {
            new NpgsqlParameter { Value = change.At },
            new NpgsqlParameter { Value = (object?)change.Alert.CalmSince ?? DBNull.Value },
        },
    };
}
