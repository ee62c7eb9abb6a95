using Confluent.Kafka;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>Turns what Consume returns into records of the open batch. Runs on the consumer's thread.</summary>
internal sealed class RecordIntake(
    TopicNames topics, PartitionStates states, BatchAssembler assembler, WorkerMetrics metrics, ILogger logger)
{
    /// <summary>
    /// Takes a record, or the news that a log was read to its end. What comes from a partition that is not ours any more,
    /// or whose position is not known yet, does not count.
    /// </summary>
    public void Take(ConsumeResult<byte[], byte[]> result)
    {
        var partition = result.TopicPartition;
        if (!states.Owns(partition) || states.IsUnpositioned(partition))
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

    private void TakeRecord(MessageKind kind, ConsumeResult<byte[], byte[]> result)
    {
        if (states.TakeExpected(result.TopicPartition) is { } expected && expected < result.Offset.Value)
        {
            IngestionLog.Nothing(logger, result.TopicPartition, expected, result.Offset.Value);
        }

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
