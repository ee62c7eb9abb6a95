using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>Batches of texts without dead letters, with the positions that belong to them.</summary>
internal static class SomeBatch
{
    /// <summary>Takes the texts back, at the offsets given with them.</summary>
    public static EventBatch Withdrawing(params IEnumerable<(string Id, long Offset)> texts) => Of() with
    {
        Withdrawals = [.. texts.Select(text => Withdrawal(text.Id, text.Offset))],
    };

    public static Withdrawal Withdrawal(string id, long offset) => new(new SomeText(offset).Build().Position, id);

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
