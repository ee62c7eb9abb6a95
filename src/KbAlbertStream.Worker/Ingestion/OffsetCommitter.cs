using System.Diagnostics;
using Confluent.Kafka;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// Commits finished positions to Kafka, where lag tools look; the worker itself starts from the database. Runs on the
/// consumer's thread, a few times a second at most, because a commit waits for the broker.
/// </summary>
internal sealed class OffsetCommitter(
    BatchExchange exchange,
    PartitionStates states,
    StartPositions starts,
    WorkerMetrics metrics,
    TimeProvider time,
    ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<TopicPartition, long> _pending = [];
    private ActivityContext _trace;
    private long? _lastAt;

    /// <summary>
    /// Takes finished batches back and commits when it is time, or at once. Where the database did not move a position,
    /// reading starts again from the stored one.
    /// </summary>
    public void Run(IConsumer<byte[], byte[]> consumer, bool now = false)
    {
        while (exchange.TryTakeFinished(out var finished))
        {
            if (finished.IsDisplaced)
            {
                starts.Displace(
                    finished.Batch.Positions.Select(position => new TopicPartition(position.Topic, position.Partition)),
                    DisplacementReason.NotAdvanced);
                continue;
            }

            _trace = finished.Batch.Trace;
            foreach (var position in finished.Batch.Positions)
            {
                var partition = new TopicPartition(position.Topic, position.Partition);
                _pending[partition] = Math.Max(position.NextOffset, _pending.GetValueOrDefault(partition));
            }
        }

        if (_pending.Count > 0 && (now || _lastAt is not { } last || time.GetElapsedTime(last) >= Interval))
        {
            Commit(consumer);
        }
    }

    private void Commit(IConsumer<byte[], byte[]> consumer)
    {
        // A partition that was lost meanwhile belongs to its new owner, who starts from the database.
        var offsets = _pending.Where(pair => states.Owns(pair.Key))
            .Select(pair => new TopicPartitionOffset(pair.Key, pair.Value)).ToList();
        _pending.Clear();
        _lastAt = time.GetTimestamp();
        if (offsets.Count == 0)
        {
            return;
        }

        using var step = WorkerActivity.StartStep("commit", _trace);
        try
        {
            consumer.Commit(offsets);
            metrics.StageTook("commit", time.GetElapsedTime(_lastAt.Value));
        }
        catch (KafkaException fault) when (!fault.Error.IsFatal)
        {
            metrics.KafkaError("consumer", fault.Error.Code);
            IngestionLog.CommitFailed(logger, fault.Error.Code);
        }
    }
}
