using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.Storage.Reading;

/// <summary>Reads how far the partitions are worked off: where a worker starts on assignment.</summary>
public sealed class PartitionProgressReader(NpgsqlDataSource source)
{
    /// <summary>The stored positions of the topics, ordered; partitions that were never read are absent.</summary>
    public async Task<ImmutableArray<StoredPosition>> ReadAsync(
        IEnumerable<string> topics, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            SELECT kind, topic, "partition", next_offset, end_offset, max_occurred_at, epoch, topic_id, refused, updated_at
            FROM partition_progress
            WHERE topic = ANY ($1)
            ORDER BY topic, "partition"
            """);
        command.Parameters.Add(new() { Value = topics.ToArray() });

        var positions = ImmutableArray.CreateBuilder<StoredPosition>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            positions.Add(new StoredPosition(
                Positions.ReadKind(reader, 0), reader.GetString(1), reader.GetInt32(2), reader.GetInt64(3),
                await reader.GetFieldValueAsync<long?>(4, cancellationToken),
                await reader.GetFieldValueAsync<DateTimeOffset?>(5, cancellationToken),
                reader.GetInt32(6),
                reader.IsDBNull(7) ? null : reader.GetString(7),
                RefusalReasonNames.Parse(reader.IsDBNull(8) ? null : reader.GetString(8)),
                reader.GetFieldValue<DateTimeOffset>(9)));
        }

        return positions.DrainToImmutable();
    }
}
