using Confluent.Kafka;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Worker.Commands;

/// <summary>What a reset would do, to be shown before it is done.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Stored">Its position; null when it was never read.</param>
/// <param name="Log">Its log.</param>
/// <param name="To">Where the position goes.</param>
internal sealed record ResetPlan(TopicPartition Partition, StoredPosition? Stored, PartitionLog Log, long To)
{
    /// <summary>The lines to show.</summary>
    public IEnumerable<string> Lines()
    {
        var refusal = Stored is null ? null : StartRule.RefusalOf(Stored, Log);
        yield return $"{Partition.Topic} [{Partition.Partition.Value}]{(refusal is { } why ? $", refused: {why.ToWireName()}" : "")}";
        yield return $"  position  {(Stored is null ? "none" : Stored.NextOffset)}";
        yield return $"  log       {Log.Start} to {Log.End}";
        yield return $"  new       {To}";

        // Of a log that is not the position's nothing was read.
        var from = Stored is null || refusal is not null ? Log.Start : Math.Max(Stored.NextOffset, Log.Start);
        if (To > from)
        {
            yield return $"  {To - from} records are skipped and noted in table gaps: {from} to {To}";
        }
        else if (To < from)
        {
            yield return $"  {from - To} records are read again: {To} to {from}; rows that are there already stay as they are";
        }

        if (refusal is not null && Stored?.EndOffset > Stored?.NextOffset)
        {
            yield return $"  {Stored.EndOffset - Stored.NextOffset} records of the old log were never read and are gone; "
                + "they are noted in table gaps";
        }

        yield return $"  {Log.End - To} records are then to be read";
    }
}
