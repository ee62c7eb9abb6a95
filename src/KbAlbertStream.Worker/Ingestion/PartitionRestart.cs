using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>Moves an assigned partition to another offset. Runs on the consumer's thread.</summary>
/// <param name="states">The owned partitions.</param>
/// <param name="logger">Where a failure is said.</param>
internal sealed class PartitionRestart(PartitionStates states, ILogger logger)
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
        if (consumer.Assignment.Contains(partition))
        {
            consumer.IncrementalUnassign([partition]);
        }

        consumer.IncrementalAssign([new TopicPartitionOffset(partition, start)]);

        // The client keeps a pause through an assignment; what must be paused is paused again before the next poll.
        List<TopicPartition> moved = [partition];
        consumer.Resume(moved);
        states.MarkRunning(moved);
    }
}
