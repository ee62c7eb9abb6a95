using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>Reads what the detector goes on from: a few rows a series, and the mentions of the last days.</summary>
internal static class SnapshotReader
{
    public static async Task<DetectorSnapshot> ReadAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var until = await ReadStateAsync(connection, cancellationToken);
        if (until is null)
        {
            return DetectorSnapshot.Empty;
        }

        var series = await ReadSeriesAsync(connection, cancellationToken);
        var texts = await ReadTextsAsync(connection, SpikeDetector.RemembersFromAt(until.Value), cancellationToken);
        return new DetectorSnapshot(until, series, texts);
    }

    private static async Task<DateTimeOffset?> ReadStateAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT evaluated_until FROM detector_state", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? reader.GetFieldValue<DateTimeOffset>(0) : null;
    }

    private static async Task<List<SeriesState>> ReadSeriesAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT l.kind, l.institution_id, l.counts, l.hours, l.squares, l.expected, l.observed_since, l.learned_until,
                   a.opened_at, a.severity, a.raised_seen, a.calm_since, a.closed_at
            FROM spike_levels AS l
            LEFT JOIN LATERAL (
              SELECT * FROM alerts
              WHERE rule = $1 AND kind = l.kind AND institution_id = l.institution_id
              ORDER BY opened_at DESC LIMIT 1
            ) AS a ON true
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = AlertWriter.Rule });
        var series = new List<SeriesState>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var alert = await reader.IsDBNullAsync(8, cancellationToken)
                ? null
                : new AlertState(
                    reader.GetFieldValue<DateTimeOffset>(8),
                    SeverityNames.Parse(reader.GetString(9)),
                    reader.GetInt32(10),
                    reader.GetFieldValue<DateTimeOffset?>(11),
                    reader.GetFieldValue<DateTimeOffset?>(12));
            series.Add(new SeriesState(
                new SeriesKey(Positions.ReadKind(reader, 0), reader.GetString(1)),
                new Level(reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4), reader.GetDouble(5)),
                reader.GetFieldValue<DateTimeOffset>(6),
                reader.GetFieldValue<DateOnly>(7),
                alert));
        }

        return series;
    }

    // Mentions that are not pending were looked at.
    private static async Task<List<SeenText>> ReadTextsAsync(
        NpgsqlConnection connection, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT {SeenTextColumns.Select}
            FROM negative_mentions AS m
            JOIN spike_levels USING (kind, institution_id)
            {SeenTextColumns.JoinEvent}
            WHERE m.occurred_at >= $1 AND m.current AND NOT EXISTS (
              SELECT FROM pending_looks AS l
              WHERE l.kind = m.kind AND l.institution_id = m.institution_id AND l.recorded_at = m.recorded_at
                AND l.topic = m.topic AND l."partition" = m."partition" AND l."offset" = m."offset")
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = since });
        var (texts, strings) = (new List<SeenText>(), new RowStrings());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add(SeenTextColumns.Read(reader, first: 0, clockAt: null, strings));
        }

        return texts;
    }
}
