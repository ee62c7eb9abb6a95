using Confluent.Kafka;
using Npgsql;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>The positions in <c>partition_progress</c>, which are the truth about what is done.</summary>
internal static class StoredPositions
{
    /// <summary>A lookup in a database.</summary>
    public static PositionLookup LookupOf(NpgsqlDataSource source) => async (partitions, cancellationToken) =>
    {
        await using var command = source.CreateCommand(
            """SELECT topic, "partition", next_offset FROM partition_progress WHERE topic = ANY ($1)""");
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = partitions.Select(partition => partition.Topic).Distinct().ToArray(),
        });
        var positions = new Dictionary<TopicPartition, long>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            positions[new TopicPartition(reader.GetString(0), reader.GetInt32(1))] = reader.GetInt64(2);
        }

        return positions;
    };
}
