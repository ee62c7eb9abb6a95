using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// Where newly assigned partitions start: from the database. When it cannot be asked within a few seconds the partitions
/// stay paused, the question is asked again in the background, and the consumer goes on polling.
/// </summary>
internal sealed class StartPositions(
    PositionLookup lookup, PartitionStates states, Offset withoutPosition, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private Task<IReadOnlyDictionary<TopicPartition, long>>? _retry;
    private long _askedAt;

    /// <summary>Takes partitions into ownership and says where each starts.</summary>
    public List<TopicPartitionOffset> Assign(IReadOnlyCollection<TopicPartition> partitions)
    {
        var positions = AskBriefly(partitions);
        var starts = new List<TopicPartitionOffset>(partitions.Count);
        foreach (var partition in partitions)
        {
            if (positions is null)
            {
                // Any start will do: nothing read before the position is known counts.
                states.AddUnpositioned(partition);
                starts.Add(new TopicPartitionOffset(partition, Offset.Unset));
                continue;
            }

            var start = StartOf(partition, positions);
            states.Add(partition, start);
            IngestionLog.Assigned(logger, partition, start);
            starts.Add(new TopicPartitionOffset(partition, start));
        }

        return starts;
    }

    /// <summary>Moves the partitions that wait for a position to it, once the database has said it.</summary>
    public void RunRetries(IConsumer<byte[], byte[]> consumer)
    {
        if (states.Unpositioned.Count == 0)
        {
            return;
        }

        if (_retry is null)
        {
            if (time.GetElapsedTime(_askedAt) >= RetryPause)
            {
                _retry = Ask([.. states.Unpositioned], CancellationToken.None);
            }

            return;
        }

        if (!_retry.IsCompleted)
        {
            return;
        }

        if (_retry.IsCompletedSuccessfully)
        {
            Move(consumer, _retry.Result);
        }
        else
        {
            IngestionLog.PositionsUnknown(logger, states.Unpositioned.Count, FaultName(_retry.Exception));
        }

        _retry = null;
        _askedAt = time.GetTimestamp();
    }

    private static string FaultName(Exception? fault) => (fault?.GetBaseException() ?? fault)?.GetType().Name ?? "timeout";

    private void Move(IConsumer<byte[], byte[]> consumer, IReadOnlyDictionary<TopicPartition, long> positions)
    {
        foreach (var partition in states.Unpositioned.ToList())
        {
            var start = StartOf(partition, positions);
            try
            {
                consumer.Seek(new TopicPartitionOffset(partition, start));
            }
            catch (KafkaException fault) when (!fault.Error.IsFatal)
            {
                // Its fetcher has not started yet: the next round tries again.
                IngestionLog.SeekFailed(logger, partition, start, fault.Error.Code);
                continue;
            }

            states.Add(partition, start);
            IngestionLog.Assigned(logger, partition, start);
        }
    }

    private Offset StartOf(TopicPartition partition, IReadOnlyDictionary<TopicPartition, long> positions) =>
        positions.TryGetValue(partition, out var next) ? new Offset(next) : withoutPosition;

    private IReadOnlyDictionary<TopicPartition, long>? AskBriefly(IReadOnlyCollection<TopicPartition> partitions)
    {
        using var limit = new CancellationTokenSource(FirstWait, time);
        var asked = Ask(partitions, limit.Token);
        _askedAt = time.GetTimestamp();

        // This is the consumer's own thread, inside a rebalance: it must wait, and not for long.
        if (Task.WaitAny([asked], FirstWait) == 0 && asked.IsCompletedSuccessfully)
        {
            return asked.Result;
        }

        IngestionLog.PositionsUnknown(logger, partitions.Count, FaultName(asked.Exception));
        return null;
    }

    private Task<IReadOnlyDictionary<TopicPartition, long>> Ask(
        IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken) =>
        Task.Run(() => lookup(partitions, cancellationToken), cancellationToken);
}
