using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>Batches of texts without dead letters, with the positions that belong to them.</summary>
internal static class SomeBatch
{
    public static EventBatch Of(params IEnumerable<ScoredEvent> events)
    {
        var all = events.ToArray();
        var positions =
            from scored in all
            group scored by (scored.Position.Kind, scored.Position.Topic, scored.Position.Partition) into partition
            let next = partition.Max(e => e.Position.Offset) + 1
            select new PartitionPosition(
                partition.Key.Kind, partition.Key.Topic, partition.Key.Partition, next, next,
                partition.Max(e => e.Message.OccurredAt));
        return new EventBatch([.. all], [], [.. positions]);
    }
}
