using System.Collections.Immutable;
using KbAlbertStream.Storage.Writing;
using Npgsql;
using NpgsqlTypes;

namespace KbAlbertStream.Storage.Reading;

/// <summary>Reads dead letters for those who look after them.</summary>
public sealed class DeadLetterReader(NpgsqlDataSource source)
{
    /// <summary>Those that a filter lets through, the latest first.</summary>
    public async Task<ImmutableArray<DeadLetterRow>> ReadAsync(
        DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var command = source.CreateCommand(
            """
            SELECT kind, recorded_at, topic, "partition", "offset", reason, detail, written_at, resolved_at
            FROM dead_letters
            WHERE ($1 IS NULL OR topic = $1)
              AND ($2 IS NULL OR "partition" = $2)
              AND ($3 IS NULL OR "offset" = $3)
              AND ($4 IS NULL OR reason = $4)
              AND ($5 IS NULL OR written_at >= $5)
              AND ($6 IS NULL OR written_at < $6)
              AND ($7 IS NULL OR (resolved_at IS NOT NULL) = $7)
            ORDER BY written_at DESC, topic, "partition", "offset"
            LIMIT $8
            """);
        Add(NpgsqlDbType.Text, filter.Topic);
        Add(NpgsqlDbType.Integer, filter.Partition);
        Add(NpgsqlDbType.Bigint, filter.Offset);
        Add(NpgsqlDbType.Text, filter.Reason);
        Add(NpgsqlDbType.TimestampTz, filter.Since?.ToUniversalTime());
        Add(NpgsqlDbType.TimestampTz, filter.Until?.ToUniversalTime());
        Add(NpgsqlDbType.Boolean, filter.Resolved);
        Add(NpgsqlDbType.Bigint, (long?)filter.Limit);

        var rows = ImmutableArray.CreateBuilder<DeadLetterRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new DeadLetterRow(
                Positions.Read(reader, 0),
                reader.GetString(5),
                await reader.IsDBNullAsync(6, cancellationToken) ? null : reader.GetString(6),
                reader.GetFieldValue<DateTimeOffset>(7),
                await reader.GetFieldValueAsync<DateTimeOffset?>(8, cancellationToken)));
        }

        return rows.DrainToImmutable();

        void Add(NpgsqlDbType type, object? value) =>
            command.Parameters.Add(new() { NpgsqlDbType = type, Value = value ?? DBNull.Value });
    }
}
