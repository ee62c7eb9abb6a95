using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.Storage.Reading;

/// <summary>Reads how far the partitions are worked off: where a worker starts on assignment.</summary>
public sealed class PartitionProgressReader(NpgsqlDataSource source)
{
    /// <summary>The stored positions of the topics, ordered; partitions that were never read are absent.</summary>
    public async Task<ImmutableArray<PartitionPosition>> ReadAsync(
        IEnumerable<string> topics, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            SELECT kind, topic, "partition", next_offset, end_offset, max_occurred_at
            FROM partition_progress
            WHERE topic = ANY ($1)
            ORDER BY topic, "partition"
            """);
        command.Parameters.Add(new() { Value = topics.ToArray() });

        var positions = ImmutableArray.CreateBuilder<PartitionPosition>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            positions.Add(new PartitionPosition(
                Positions.ReadKind(reader, 0), reader.GetString(1), reader.GetInt32(2), reader.GetInt64(3),
                await reader.GetFieldValueAsync<long?>(4, cancellationToken),
                await reader.GetFieldValueAsync<DateTimeOffset?>(5, cancellationToken)));
        }

        return positions.DrainToImmutable();
    }
}
