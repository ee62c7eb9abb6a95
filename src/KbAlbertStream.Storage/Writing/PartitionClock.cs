using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;

namespace KbAlbertStream.Storage.Writing;

/// <summary>
/// The largest event time in a batch's partition up to and including each record. It never falls along a partition, so
/// it gives the detector an order that does not depend on where batches were cut.
/// </summary>
internal static class PartitionClock
{
    /// <summary>The clock at every text of the batch, by position as stored.</summary>
    public static IReadOnlyDictionary<RecordPosition, DateTimeOffset> Of(ImmutableArray<ScoredEvent> events)
    {
        var clocks = new Dictionary<RecordPosition, DateTimeOffset>(events.Length);
        foreach (var partition in events.GroupBy(e => (e.Position.Topic, e.Position.Partition)))
        {
            var latest = DateTimeOffset.MinValue;
            foreach (var scored in partition.OrderBy(e => e.Position.Offset))
            {
                var occurredAt = PostgresTime.ToUtc(scored.Message.OccurredAt);
                latest = occurredAt > latest ? occurredAt : latest;
                clocks[Positions.AsStored(scored.Position)] = latest;
            }
        }

        return clocks;
    }
}
