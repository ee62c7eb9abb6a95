using System.Collections.Immutable;
using Confluent.Kafka;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>A part of a batch that is scored and written on its own. The parts of a batch in their order are the batch.</summary>
/// <param name="Batch">Its records and how far they carry the positions.</param>
/// <param name="Alone">True for a single record of which it is not sure that the process survives it.</param>
internal sealed record BatchPart(RecordBatch Batch, bool Alone)
{
    /// <summary>
    /// Cuts out the records that are to be taken alone. First comes everything of the other partitions, then each
    /// partition with such records in its order; a batch without any stays whole.
    /// </summary>
    public static ImmutableArray<BatchPart> Split(RecordBatch batch, Func<SourceRecord, bool> alone)
    {
        var touched = batch.Records.Where(alone).Select(record => record.TopicPartition).ToHashSet();
        if (touched.Count == 0)
        {
            return [new BatchPart(batch, Alone: false)];
        }

        var parts = ImmutableArray.CreateBuilder<BatchPart>();
        Add(
            batch.Records.Where(record => !touched.Contains(record.TopicPartition)),
            batch.Positions.Where(position => !touched.Contains(PartitionOf(position))));
        foreach (var position in batch.Positions.Where(position => touched.Contains(PartitionOf(position))))
        {
            SplitPartition(
                [.. batch.Records.Where(record => record.TopicPartition == PartitionOf(position))], position);
        }

        return parts.DrainToImmutable();

        void SplitPartition(SourceRecord[] records, PartitionPosition end)
        {
            var from = 0;
            var read = end.FromOffset;
            for (var i = 0; i < records.Length; i++)
            {
                if (!alone(records[i]))
                {
                    continue;
                }

                if (from < i)
                {
                    Add(records[from..i], [Upto(records[i].ReadOffset)]);
                }

                // The last record carries the batch's own position, which may lie behind markers that no reader sees.
                var next = Upto(i + 1 < records.Length ? records[i].ReadOffset + 1 : end.NextOffset);
                parts.Add(new BatchPart(batch with { Records = [records[i]], Positions = [next] }, Alone: true));
                from = i + 1;
            }

            if (from < records.Length)
            {
                Add(records[from..], [Upto(end.NextOffset)]);
            }

            // Each part goes on from where the one before ended.
            PartitionPosition Upto(long next)
            {
                var position = end with { FromOffset = read, NextOffset = next };
                read = read is null ? null : next;
                return position;
            }
        }

        void Add(IEnumerable<SourceRecord> records, IEnumerable<PartitionPosition> positions)
        {
            var part = batch with { Records = [.. records], Positions = [.. positions] };
            if (!part.Positions.IsEmpty)
            {
                parts.Add(new BatchPart(part, Alone: false));
            }
        }
    }

    private static TopicPartition PartitionOf(PartitionPosition position) => new(position.Topic, position.Partition);
}
