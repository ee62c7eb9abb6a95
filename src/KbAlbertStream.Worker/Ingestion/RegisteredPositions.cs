using Confluent.Kafka;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Configuration;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// The stored positions of partitions that are assigned, which it makes known to the detector's clock on the way: with
/// their end, before a record of any of them is read.
/// </summary>
internal sealed class RegisteredPositions(
    PositionLookup stored,
    PartitionBounds bounds,
    PartitionRegistry registry,
    TopicNames topics,
    Offset withoutPosition,
    ILogger<RegisteredPositions> logger)
{
    /// <summary>A <see cref="PositionLookup"/>.</summary>
    public async Task<IReadOnlyDictionary<TopicPartition, long>> LookUpAsync(
        IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        var positions = await stored(partitions, cancellationToken).ConfigureAwait(false);
        try
        {
            var known = await bounds.AskAsync(partitions).ConfigureAwait(false);
            await registry.AddAsync(
                [.. known.Select(pair => PositionOf(pair.Key, pair.Value, positions))], cancellationToken)
                .ConfigureAwait(false);
        }
        catch (KafkaException fault)
        {
            // Reading is worth more than the order of looks: the clock learns of the partition with its first batch.
            IngestionLog.BoundsUnknown(logger, partitions.Count, fault.Error.Code);
        }

        return positions;
    }

    private PartitionPosition PositionOf(
        TopicPartition partition, (long First, long End) bound, IReadOnlyDictionary<TopicPartition, long> positions)
    {
        var start = withoutPosition == Offset.End ? bound.End : bound.First;
        var next = positions.TryGetValue(partition, out var known) ? known : start;
        return new PartitionPosition(
            topics.KindOf(partition.Topic), partition.Topic, partition.Partition.Value, next, bound.End, null);
    }
}
