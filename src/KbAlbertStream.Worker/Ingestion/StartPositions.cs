using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using Confluent.Kafka;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Pipeline;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// Where partitions start that are newly assigned or have lost their place. What cannot be said within a few seconds is
/// asked again in the background while the partition stays paused and the consumer goes on polling; so is what an operator
/// has to decide.
/// </summary>
internal sealed class StartPositions(
    PositionLookup lookup,
    PartitionStates states,
    PartitionRestart restart,
    WorkerMetrics metrics,
    Progress progress,
    TimeProvider time,
    ILogger logger)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RefusedPause = TimeSpan.FromSeconds(3);

    private Task<IReadOnlyDictionary<TopicPartition, StartPosition>>? _retry;
    private List<TopicPartition> _asked = [];
    private long _askedAt;

    /// <summary>Takes partitions into ownership and says where each starts.</summary>
    /// <param name="partitions">The partitions.</param>
    /// <param name="isHeld">
    /// Whether something read from a partition is still to be written: where it starts is asked for after that.
    /// </param>
    public List<TopicPartitionOffset> Assign(
        IReadOnlyCollection<TopicPartition> partitions, Func<TopicPartition, bool> isHeld)
    {
        var free = partitions.Where(partition => !isHeld(partition)).ToList();
        var positions = free.Count == 0 ? null : AskBriefly(free);
        var starts = new List<TopicPartitionOffset>(partitions.Count);
        foreach (var partition in partitions)
        {
            if (positions is not null && positions.TryGetValue(partition, out var start) && start.Refusal is null)
            {
                states.Add(partition, start);
                IngestionLog.Assigned(logger, partition, start.Offset);
                starts.Add(new TopicPartitionOffset(partition, start.Offset));
                continue;
            }

            // At the end there is nothing to fetch in vain: what is read before the position is known does not count.
            states.AddUnpositioned(partition);
            starts.Add(new TopicPartitionOffset(partition, Offset.End));
            Refuse(partition, positions);
        }

        progress.Refused = Describe();
        return starts;
    }

    /// <summary>Stops counting what is read from partitions until it is known again where they start.</summary>
    public void Displace(IEnumerable<TopicPartition> partitions, DisplacementReason reason)
    {
        foreach (var partition in partitions.Where(p => states.Owns(p) && !states.IsUnpositioned(p)).ToList())
        {
            IngestionLog.Displaced(logger, partition, states.ReadOf(partition).Next, reason);
            metrics.Displaced(reason);
            states.AddUnpositioned(partition);
        }
    }

    /// <summary>Gives partitions up.</summary>
    public void Forget(IEnumerable<TopicPartition> partitions)
    {
        foreach (var partition in partitions)
        {
            states.Remove(partition);
        }

        progress.Refused = Describe();
    }

    /// <summary>Moves the partitions that wait for a position to it, once it is known.</summary>
    public void RunRetries(IConsumer<byte[], byte[]> consumer, Func<TopicPartition, bool> isHeld)
    {
        if (_retry is null)
        {
            var waiting = states.Unpositioned.Where(partition => !isHeld(partition)).ToList();
            var pause = waiting.TrueForAll(states.Refused.ContainsKey) ? RefusedPause : RetryPause;
            if (waiting.Count > 0 && time.GetElapsedTime(_askedAt) >= pause)
            {
                _asked = waiting;
                _retry = Ask(waiting, CancellationToken.None);
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
            if (_asked.Count(partition => !_retry.Result.ContainsKey(partition)) is > 0 and var unknown)
            {
                IngestionLog.PositionsUnknown(logger, unknown, "NoAnswer");
            }
        }
        else
        {
            ThrowIfBug(_retry);
            IngestionLog.PositionsUnknown(logger, _asked.Count, FaultName(_retry.Exception));
        }

        _retry = null;
        _askedAt = time.GetTimestamp();
    }

    private static string FaultName(Exception? fault) =>
        fault is null ? "timeout" : Retries.CodeOf(fault.GetBaseException());

    // A server that is away comes back; a mistake of ours does not mend itself while the partitions stand still.
    private static void ThrowIfBug(Task asked)
    {
        if (asked.Exception?.GetBaseException() is { } fault and not (
            NpgsqlException or KafkaException or TimeoutException or SocketException or IOException))
        {
            ExceptionDispatchInfo.Throw(fault);
        }
    }

    private void Move(IConsumer<byte[], byte[]> consumer, IReadOnlyDictionary<TopicPartition, StartPosition> positions)
    {
        foreach (var partition in _asked.Where(states.IsUnpositioned).ToList())
        {
            if (!positions.TryGetValue(partition, out var start) || start.Refusal is not null)
            {
                Refuse(partition, positions);
            }
            else if (restart.TryMove(consumer, partition, start.Offset))
            {
                states.Add(partition, start);
                IngestionLog.Assigned(logger, partition, start.Offset);
            }
        }

        progress.Refused = Describe();
    }

    private void Refuse(TopicPartition partition, IReadOnlyDictionary<TopicPartition, StartPosition>? positions)
    {
        if (positions is not null && positions.TryGetValue(partition, out var start)
            && start.Refusal is { } reason && states.Refuse(partition, reason))
        {
            IngestionLog.Refused(logger, partition, start.Offset, reason.ToWireName(), partition.Topic, partition.Partition.Value);
        }
    }

    private string[] Describe() =>
    [
        .. states.Refused.Select(pair => $"{pair.Key.Topic}[{pair.Key.Partition.Value}]: {pair.Value.ToWireName()}")
            .Order(StringComparer.Ordinal),
    ];

    private IReadOnlyDictionary<TopicPartition, StartPosition>? AskBriefly(List<TopicPartition> partitions)
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

    private Task<IReadOnlyDictionary<TopicPartition, StartPosition>> Ask(
        IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken) =>
        Task.Run(() => lookup(partitions, cancellationToken), cancellationToken);
}
