using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>Moves an assigned partition to another offset. Runs on the consumer's thread.</summary>
/// <param name="states">The owned partitions.</param>
/// <param name="isEager">Whether the group's assignor gives out whole assignments (range, roundrobin).</param>
/// <param name="logger">Where a failure is said.</param>
internal sealed class PartitionRestart(PartitionStates states, bool isEager, ILogger logger)
{
    /// <summary>False when it was not possible now; the next round tries again.</summary>
    public bool TryMove(IConsumer<byte[], byte[]> consumer, TopicPartition partition, Offset start)
    {
        try
        {
            consumer.Seek(new TopicPartitionOffset(partition, start));
            return true;
        }
        catch (KafkaException fault) when (!fault.Error.IsFatal)
        {
            // librdkafka ends the fetcher of a partition whose offset is out of range, and does not seek without one.
        }

        try
        {
            Reassign(consumer, partition, start);
            return true;
        }
        catch (KafkaException fault) when (!fault.Error.IsFatal)
        {
            IngestionLog.SeekFailed(logger, partition, start, fault.Error.Code);
            return false;
        }
    }

    private void Reassign(IConsumer<byte[], byte[]> consumer, TopicPartition partition, Offset start)
    {
        if (isEager)
        {
            consumer.Assign(consumer.Assignment.Select(other => new TopicPartitionOffset(
                other, other == partition ? start : states.IsUnpositioned(other) ? Offset.End : states.ReadOf(other).Next)));
            Resume(consumer, states.Paused);
            return;
        }

        if (consumer.Assignment.Contains(partition))
        {
            consumer.IncrementalUnassign([partition]);
        }

        consumer.IncrementalAssign([new TopicPartitionOffset(partition, start)]);
        Resume(consumer, [partition]);
    }

    // The client keeps a pause through an assignment; what must be paused is paused again before the next poll.
    private void Resume(IConsumer<byte[], byte[]> consumer, IEnumerable<TopicPartition> partitions)
    {
        var paused = partitions.ToList();
        consumer.Resume(paused);
        states.MarkRunning(paused);
    }
}
