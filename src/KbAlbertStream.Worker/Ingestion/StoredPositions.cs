using Confluent.Kafka;
using KbAlbertStream.Storage.Reading;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>The positions in <c>partition_progress</c>, which are the truth about what is done.</summary>
internal static class StoredPositions
{
    /// <summary>A lookup in a database.</summary>
    public static PositionLookup LookupOf(PartitionProgressReader reader) => async (partitions, cancellationToken) =>
        (await reader.ReadAsync(partitions.Select(partition => partition.Topic).Distinct(), cancellationToken)
            .ConfigureAwait(false))
        .ToDictionary(position => new TopicPartition(position.Topic, position.Partition), position => position.NextOffset);
}
