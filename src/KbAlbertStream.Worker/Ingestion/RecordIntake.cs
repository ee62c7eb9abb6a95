using Confluent.Kafka;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>Turns what Consume returns into records of the open batch. Runs on the consumer's thread.</summary>
internal sealed class RecordIntake(
    TopicNames topics,
    PartitionStates states,
    PartitionRestart restart,
    BatchAssembler assembler,
    WorkerMetrics metrics,
    ILogger logger)
{
    /// <summary>
    /// Takes a record, or the news that a log was read to its end. What comes from a partition that is not ours any more,
    /// or whose position is not known yet, does not count.
    /// </summary>
    public void Take(IConsumer<byte[], byte[]> consumer, ConsumeResult<byte[], byte[]> result)
    {
        var partition = result.TopicPartition;
        if (!states.Owns(partition) || states.IsUnpositioned(partition) || !IsNext(consumer, result))
        {
            return;
        }

        var kind = topics.KindOf(result.Topic);
        if (!result.IsPartitionEOF)
        {
            TakeRecord(kind, result);
        }
        else
        {
            var (from, epoch) = states.ReadOf(partition);
            if (states.Advance(partition, result.Offset.Value))
            {
                assembler.ReachEnd(kind, partition, result.Offset.Value, from, epoch);
            }
        }
    }

    // Nobody can tell from a jump of offsets whether records are missing or never were: a client that does not begin where
    // it was told to would lose them. So the first find after a start must stand there, or be found there again.
    private bool IsNext(IConsumer<byte[], byte[]> consumer, ConsumeResult<byte[], byte[]> result)
    {
        var (partition, start) = (result.TopicPartition, states.ReadOf(result.TopicPartition).Next);
        switch (states.Find(partition, result.Offset.Value))
        {
            case FirstFind.Doubtful:
                IngestionLog.Nothing(logger, partition, start, result.Offset.Value);
                restart.TryMove(consumer, partition, start);
                return false;
            case FirstFind.Stale:
                return false;
            default:
                return true;
        }
    }

    private void TakeRecord(MessageKind kind, ConsumeResult<byte[], byte[]> result)
    {
        var (from, epoch) = states.ReadOf(result.TopicPartition);
        states.Advance(result.TopicPartition, result.Offset.Value + 1);
        var (message, time) = (result.Message, result.Message.Timestamp);
        var position = new RecordPosition(
            kind,
            RecordPosition.RecordedAtOf(time.UnixTimestampMs),
            result.Topic,
            result.Partition.Value,
            result.Offset.Value);
        assembler.Add(new SourceRecord(position, message.Key, message.Value, message.Headers, time), from, epoch);
        metrics.RecordRead(kind);
    }
}
