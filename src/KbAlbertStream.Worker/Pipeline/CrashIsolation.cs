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
/// 1. On assignment the database says how many processes ended at work on each partition at this position; a revocation
/// and a stop in order begin anew. 2. This process notes when it begins to work itself. 3. After two ends at the same
/// position as many records as can have been read ahead are taken alone, and the offset of each is stored before it is
/// looked at. 4. A start that finds the stored offset at its position makes that record a dead letter without looking.
/// </remarks>
internal sealed class CrashIsolation(
    PartitionStarts starts, BatchingOptions batching, Retries retries, WorkerMetrics metrics, ILogger<CrashIsolation> logger)
{
    // One batch is open, one waits, one is scored, one waits to be written, one is written.
    private const int BatchesReadAhead = 5;

    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<TopicPartition, PartitionStart> _isolated = new();
    private readonly ConcurrentDictionary<TopicPartition, bool> _fresh = new();
    private volatile bool _failed;

    /// <summary>A lookup of positions that counts the ends (1).</summary>
    public PositionLookup Around(PositionLookup stored) => async (partitions, cancellationToken) =>
    {
        var positions = await stored(partitions, cancellationToken).ConfigureAwait(false);
        var started = Names(positions.Where(pair => pair.Value.Refusal is null).Select(pair => pair.Key));
        var begun = await starts.BeginAsync(started, batching.MaxRecords * BatchesReadAhead, cancellationToken)
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

    /// <summary>Notes that the records of a batch are begun with (2): a statement for the first batch of a partition alone.</summary>
    public async Task WorkAsync(RecordBatch batch, CancellationToken cancellationToken)
    {
        if (_fresh.IsEmpty)
        {
            return;
        }

        var begun = batch.Records.Select(record => record.TopicPartition).Distinct().Where(_fresh.ContainsKey).ToArray();
        if (begun.Length > 0)
        {
            await retries.DatabaseAsync(token => WorkAsync(begun, token), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Stores that the record is taken now (3). When it is the one that ended the process, returns the letter that it
    /// becomes instead (4).
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
    /// the database does not hear of it, this counts as an end at work, which may cost speed for a while.
    /// </summary>
    public void End(IReadOnlyCollection<TopicPartition> partitions)
    {
        foreach (var partition in partitions)
        {
            _isolated.TryRemove(partition, out _);
            _fresh.TryRemove(partition, out _);
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

    private async Task<int> WorkAsync(TopicPartition[] partitions, CancellationToken cancellationToken)
    {
        await starts.WorkAsync(Names(partitions), cancellationToken).ConfigureAwait(false);
        foreach (var partition in partitions)
        {
            _fresh.TryRemove(partition, out _);
        }

        return partitions.Length;
    }

    private void Note(PartitionStart start)
    {
        var partition = new TopicPartition(start.Topic, start.Partition);
        _fresh[partition] = true;
        if (start.IsolatedUntil is { } until)
        {
            _isolated[partition] = start;
            IsolationLog.Isolated(logger, partition, start.Failures, start.NextOffset, until);
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
