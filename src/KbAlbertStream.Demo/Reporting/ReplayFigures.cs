using Confluent.Kafka;
using Npgsql;
using NpgsqlTypes;

namespace KbAlbertStream.Demo.Reporting;

/// <summary>Counts in the database what became of the records of one replay; records of others are left out.</summary>
/// <param name="database">The database.</param>
/// <param name="published">Where the replay's records stand in Kafka.</param>
/// <param name="startedAt">The database's time before the first was published; later alerts are the replay's.</param>
internal sealed class ReplayFigures(
    NpgsqlDataSource database, IReadOnlyList<TopicPartitionOffset> published, DateTimeOffset startedAt)
{
    private readonly string[] _topics = [.. published.Select(position => position.Topic)];
    private readonly int[] _partitions = [.. published.Select(position => position.Partition.Value)];
    private readonly long[] _offsets = [.. published.Select(position => position.Offset.Value)];

    /// <summary>The database's own time.</summary>
    public static async Task<DateTimeOffset> NowAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT clock_timestamp()");
        return (DateTime)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>The figures of this moment.</summary>
    public async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            WITH published AS (
              SELECT * FROM unnest($1, $2, $3) AS p (topic, "partition", "offset")),
            rows AS (
              SELECT e.occurred_at, e.masked FROM published JOIN scored_events AS e USING (topic, "partition", "offset")),
            dead AS (
              SELECT count(*) AS n FROM published JOIN dead_letters USING (topic, "partition", "offset"))
            SELECT
              (SELECT count(*) FROM rows)::int,
              (SELECT n FROM dead)::int,
              (SELECT count(*) FROM published AS p LEFT JOIN partition_progress AS q USING (topic, "partition")
                WHERE q.next_offset IS NULL OR p."offset" >= q.next_offset)::int,
              (SELECT coalesce(sum(value::bigint), 0) FROM rows, jsonb_each_text(masked))::bigint,
              (SELECT max(occurred_at) FROM rows),
              ((SELECT count(*) FROM pending_looks) + (SELECT count(*) FROM pending_retractions))::int,
              (SELECT count(*) FROM alert_deliveries WHERE state = 'pending')::int,
              (SELECT evaluated_until FROM detector_state),
              (SELECT count(*) FROM published JOIN withdrawals USING (topic, "partition", "offset"))::int
            """);
        AddPublished(command);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var (rows, dead, withdrawals) = (reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(8));
        return new Snapshot(
            rows, dead, published.Count - rows - dead - withdrawals, reader.GetInt32(2), reader.GetInt64(3),
            Time(reader, 4), reader.GetInt32(5), reader.GetInt32(6), Time(reader, 7))
        {
            Withdrawals = withdrawals,
        };
    }

    /// <summary>The alerts raised since the replay began, in the order of event time.</summary>
    public async Task<IReadOnlyList<AlertFigure>> AlertsAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT institution_id, kind, window_hours, seen, expected, p, opened_at
            FROM alerts WHERE created_at >= $1 ORDER BY opened_at, alert_id
            """);
        command.Parameters.Add(new() { Value = startedAt.UtcDateTime });
        var alerts = new List<AlertFigure>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            alerts.Add(new AlertFigure(
                reader.GetString(0), reader.GetString(1), $"{reader.GetInt32(2)}h", reader.GetInt32(3), reader.GetDouble(4),
                reader.GetDouble(5), Time(reader, 6)!.Value));
        }

        return alerts;
    }

    /// <summary>Institutions with what was seen and what is expected in 24 hours, those most above it first.</summary>
    public async Task<IReadOnlyList<LevelFigure>> LevelsAsync(int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT l.institution_id, l.kind, coalesce(sum(r.texts), 0)::int, l.per_day,
              EXISTS (SELECT FROM alerts AS a
                WHERE a.state = 'open' AND a.kind = l.kind AND a.institution_id = l.institution_id)
            FROM spike_levels AS l
            CROSS JOIN detector_state AS d
            LEFT JOIN reputation_rollup AS r ON r.kind = l.kind AND r.institution_id = l.institution_id
              AND r.category = 'all' AND r.bucket > d.evaluated_until - interval '24 hours'
            GROUP BY l.institution_id, l.kind, l.per_day
            ORDER BY coalesce(sum(r.texts), 0) - l.per_day DESC, l.kind, l.institution_id
            LIMIT $1
            """);
        command.Parameters.Add(new() { Value = most });
        var levels = new List<LevelFigure>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            levels.Add(new LevelFigure(
                reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetDouble(3), reader.GetBoolean(4)));
        }

        return levels;
    }

    /// <summary>Some rows of the replay: of each kind those that count most and, for contrast, some that do not.</summary>
    public async Task<IReadOnlyList<ScoredRow>> ExamplesAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            WITH rows AS (
              SELECT e.*, row_number() OVER (PARTITION BY kind, sentiment ORDER BY negative_reputation DESC, occurred_at) AS place
              FROM unnest($1, $2, $3) AS p (topic, "partition", "offset")
              JOIN scored_events AS e USING (topic, "partition", "offset"))
            SELECT occurred_at, coalesce(publisher, channel), primary_institution, coalesce(nullif(title, ''), text, ''), sentiment,
              array_to_string(reputation_labels, ', '), negative_reputation
            FROM rows WHERE place <= CASE sentiment WHEN 'negative' THEN 3 ELSE 1 END
            ORDER BY kind DESC, negative_reputation DESC
            """);
        AddPublished(command);
        var rows = new List<ScoredRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(new ScoredRow(
                Time(reader, 0)!.Value, reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetString(3),
                reader.GetString(4), reader.GetString(5), reader.GetFloat(6)));
        }

        return rows;
    }

    private void AddPublished(NpgsqlCommand command)
    {
        command.Parameters.Add(new() { Value = _topics, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = _partitions, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = _offsets, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
    }

    private static DateTimeOffset? Time(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : new DateTimeOffset(reader.GetDateTime(column), TimeSpan.Zero);
}
