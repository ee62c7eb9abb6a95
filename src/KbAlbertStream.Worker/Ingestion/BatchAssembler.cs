using System.Collections.Immutable;
using Confluent.Kafka;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Worker.Configuration;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// Collects records and says when they are a batch. Pure: it reads no log and knows the time from its provider only.
/// </summary>
internal sealed class BatchAssembler(BatchingOptions limits, BatchPace pace, TimeProvider time)
{
    private readonly Dictionary<TopicPartition, (MessageKind Kind, long Next, long? From, int Epoch)> _positions = [];
    private List<SourceRecord> _records = [];
    private long _bytes;
    private long _firstAt;

    /// <summary>True when there is nothing to cut.</summary>
    public bool IsEmpty => _positions.Count == 0;

    /// <summary>True when the open batch has something of a partition.</summary>
    public bool Holds(TopicPartition partition) => _positions.ContainsKey(partition);

    /// <summary>Takes the next record of its partition.</summary>
    /// <param name="record">The record.</param>
    /// <param name="from">Up to where the partition was read before it; null asks for no continuity.</param>
    /// <param name="epoch">The epoch of the position that reading goes on from.</param>
    public void Add(SourceRecord record, long? from = null, int epoch = 0)
    {
        if (IsEmpty)
        {
            _firstAt = time.GetTimestamp();
        }

        _records.Add(record);
        _bytes += record.Size;
        Move(record.TopicPartition, record.Position.Kind, record.Position.Offset + 1, from, epoch);
    }

    /// <summary>
    /// Notes that a log was read to its end. The end can lie beyond the last record by transaction markers and compacted
    /// records, which no reader ever sees.
    /// </summary>
    public void ReachEnd(MessageKind kind, TopicPartition partition, long end, long? from = null, int epoch = 0)
    {
        if (IsEmpty)
        {
            _firstAt = time.GetTimestamp();
        }

        Move(partition, kind, end, from, epoch);
    }

    /// <summary>The bound that the open batch has reached, null when it may still grow.</summary>
    public CutReason? ReachedBound()
    {
        if (IsEmpty)
        {
            return null;
        }

        return _bytes >= limits.MaxBytes ? CutReason.Bytes
            : _records.Count >= pace.MostRecords ? CutReason.Count
            : time.GetElapsedTime(_firstAt) >= limits.MaxAge ? CutReason.Age
            : null;
    }

    /// <summary>Why the open batch is to be handed over now, null when it better grows.</summary>
    /// <param name="isWanted">The pipeline waits for it.</param>
    /// <param name="drained">The log has nothing more to give at the moment.</param>
    public CutReason? Due(bool isWanted, bool drained) =>
        ReachedBound() is { } bound ? bound
        : IsEmpty || !isWanted ? null
        : drained ? CutReason.Drained
        : time.GetElapsedTime(_firstAt) >= limits.Linger ? CutReason.Lingered
        : null;

    /// <summary>
    /// True when the open batch must not grow: by bytes or count. Age alone only asks for a cut, it costs no memory.
    /// </summary>
    public bool IsFull => ReachedBound() is CutReason.Bytes or CutReason.Count;

    /// <summary>The open batch as it would be cut now. It stays open until <see cref="Clear"/>.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="endOf">The end of a partition's log as far as it is known, null when it is not.</param>
    public RecordBatch Cut(CutReason reason, Func<TopicPartition, long?> endOf)
    {
        var positions = _positions.Select(pair => new PartitionPosition(
            pair.Value.Kind, pair.Key.Topic, pair.Key.Partition.Value, pair.Value.Next, EndOf(pair.Key), null,
            pair.Value.From, pair.Value.Epoch));
        return new RecordBatch([.. _records], [.. positions], reason) { ReadFor = time.GetElapsedTime(_firstAt) };

        // A watermark can be older than what was read since.
        long? EndOf(TopicPartition partition) =>
            endOf(partition) is { } end ? Math.Max(end, _positions[partition].Next) : null;
    }

    /// <summary>Begins the next batch.</summary>
    public void Clear()
    {
        _records = [];
        _positions.Clear();
        _bytes = 0;
    }

    // The batch goes on from where the partition stood before its first record of it.
    private void Move(TopicPartition partition, MessageKind kind, long next, long? from, int epoch) =>
        _positions[partition] = _positions.TryGetValue(partition, out var known)
            ? known with { Next = next }
            : (kind, next, from, epoch);
}
