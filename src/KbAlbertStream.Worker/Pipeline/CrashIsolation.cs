using System.Collections.Concurrent;
using System.Collections.Immutable;
using Confluent.Kafka;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>
/// Finds the record that ends the process - a bug, memory - and lets the others go on. Thread-safe.
/// </summary>
/// <remarks>
/// 1. On assignment a start of each partition is counted at its position; progress, a revocation and a stop in order
/// begin anew. 2. From the third start at the same position on, as many records as can have been read ahead are taken
/// alone, and the offset of each is stored before it is looked at. 3. A start that finds the stored offset at its
/// position makes that record a dead letter without looking at it.
/// </remarks>
internal sealed class CrashIsolation(
    PartitionStarts starts, BatchingOptions batching, Retries retries, WorkerMetrics metrics, ILogger<CrashIsolation> logger)
{
    // One batch is open, one waits, one is scored, one waits to be written, one is written.
    private const int BatchesReadAhead = 5;

    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<TopicPartition, PartitionStart> _isolated = new();
    private volatile bool _failed;

    /// <summary>A lookup of positions that counts the starts (1).</summary>
    public PositionLookup Around(PositionLookup stored) => async (partitions, cancellationToken) =>
    {
        var positions = await stored(partitions, cancellationToken).ConfigureAwait(false);
        var begun = await starts.BeginAsync(Names(partitions), batching.MaxRecords * BatchesReadAhead, cancellationToken)
            .ConfigureAwait(false);
        foreach (var start in begun)
        {
            Note(start);
        }

        return positions;
    };

    /// <summary>Cuts a batch so that every record of a suspicious region stands alone; any other batch stays whole.</summary>
    public ImmutableArray<BatchPart> Split(RecordBatch batch) =>
        _isolated.IsEmpty ? [new BatchPart(batch, Alone: false)] : BatchPart.Split(batch, IsAlone);

    /// <summary>
    /// Stores that the record is taken now (2). When it is the one that ended the process, returns the letter that it
    /// becomes instead (3).
    /// </summary>
    public async Task<DeadLetter?> TryAsync(SourceRecord record, CancellationToken cancellationToken)
    {
        var partition = record.TopicPartition;
        if (_isolated.TryGetValue(partition, out var start) && start.CrashedOffset == record.ReadOffset)
        {
            IsolationLog.Crashed(logger, partition, record.ReadOffset);
            return new DeadLetter(record.Position, RejectReason.Crash, null);
        }

        // Another process may have the partition by now. Then the trial is not ours to note, and what is written twice
        // is written once.
        await retries.DatabaseAsync(
            token => starts.TryAsync(partition.Topic, partition.Partition.Value, record.ReadOffset, token),
            cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>The process ends by a fault that a record may have caused: what follows is no stop in order.</summary>
    public void Fail() => _failed = true;

    /// <summary>
    /// Partitions are given back in order. Runs on the consumer's thread, inside a rebalance, so it waits briefly; when
    /// the database does not hear of it, the next start counts as one more, which costs speed for a while.
    /// </summary>
    public void End(IReadOnlyCollection<TopicPartition> partitions)
    {
        foreach (var partition in partitions)
        {
            _isolated.TryRemove(partition, out _);
        }

        metrics.Isolated = _isolated.Count;
        if (_failed || partitions.Count == 0)
        {
            return;
        }

        using var limit = new CancellationTokenSource(EndPatience);
        var ended = Task.Run(() => starts.EndAsync(Names(partitions), limit.Token), limit.Token);
        if (Task.WaitAny([ended], EndPatience) != 0 || !ended.IsCompletedSuccessfully)
        {
            IsolationLog.EndUnknown(logger, partitions.Count, Retries.CodeOf(ended.Exception?.GetBaseException()));
        }
    }

    private static (string, int)[] Names(IEnumerable<TopicPartition> partitions) =>
        [.. partitions.Select(partition => (partition.Topic, partition.Partition.Value))];

    private void Note(PartitionStart start)
    {
        var partition = new TopicPartition(start.Topic, start.Partition);
        if (start.IsolatedUntil is { } until)
        {
            _isolated[partition] = start;
            IsolationLog.Isolated(logger, partition, start.Starts, start.NextOffset, until);
        }
        else
        {
            _isolated.TryRemove(partition, out _);
        }

        metrics.Isolated = _isolated.Count;
    }

    private bool IsAlone(SourceRecord record)
    {
        if (!_isolated.TryGetValue(record.TopicPartition, out var start))
        {
            return false;
        }

        if (record.ReadOffset < start.IsolatedUntil)
        {
            return true;
        }

        if (_isolated.TryRemove(record.TopicPartition, out _))
        {
            metrics.Isolated = _isolated.Count;
            IsolationLog.Passed(logger, record.TopicPartition, record.ReadOffset);
        }

        return false;
    }
}
