using Confluent.Kafka;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// The partitions that this worker owns: how far each was read, which are paused, which wait for their position, and which
/// of these are refused.
/// </summary>
internal sealed class PartitionStates
{
    private readonly Dictionary<TopicPartition, (long Next, int Epoch)> _read = [];
    private readonly Dictionary<TopicPartition, long> _expected = [];
    private readonly HashSet<TopicPartition> _paused = [];
    private readonly HashSet<TopicPartition> _leftPaused = [];
    private readonly HashSet<TopicPartition> _unpositioned = [];
    private readonly Dictionary<TopicPartition, RefusalReason> _refused = [];

    /// <summary>All owned partitions.</summary>
    public IReadOnlyCollection<TopicPartition> Owned => _read.Keys;

    /// <summary>Those whose position is not known. What is read from them does not count.</summary>
    public IReadOnlyCollection<TopicPartition> Unpositioned => _unpositioned;

    /// <summary>Those without a position because an operator must decide.</summary>
    public IReadOnlyDictionary<TopicPartition, RefusalReason> Refused => _refused;

    /// <summary>Those that are paused.</summary>
    public IReadOnlyCollection<TopicPartition> Paused => _paused;

    /// <summary>Owned and not yet paused.</summary>
    public List<TopicPartition> Running => [.. _read.Keys.Where(partition => !_paused.Contains(partition))];

    /// <summary>Paused for the pipeline's sake alone.</summary>
    public List<TopicPartition> Resumable => [.. _paused.Where(partition => !_unpositioned.Contains(partition))];

    public bool Owns(TopicPartition partition) => _read.ContainsKey(partition);

    public bool IsUnpositioned(TopicPartition partition) => _unpositioned.Contains(partition);

    /// <summary>The offset after what was read, and the epoch of the position it goes on from.</summary>
    public (long Next, int Epoch) ReadOf(TopicPartition partition) => _read[partition];

    public void Add(TopicPartition partition, StartPosition start)
    {
        _read[partition] = (start.Offset, start.Epoch);
        _expected[partition] = start.Offset;
        _unpositioned.Remove(partition);
        _refused.Remove(partition);
    }

    public void AddUnpositioned(TopicPartition partition)
    {
        _read.TryAdd(partition, default);
        _expected.Remove(partition);
        _unpositioned.Add(partition);
    }

    /// <summary>Notes why a partition without a position has none; false when it was known.</summary>
    public bool Refuse(TopicPartition partition, RefusalReason reason)
    {
        if (_refused.TryGetValue(partition, out var known) && known == reason)
        {
            return false;
        }

        _refused[partition] = reason;
        return true;
    }

    public void Remove(TopicPartition partition)
    {
        _read.Remove(partition);
        _expected.Remove(partition);
        if (_paused.Remove(partition))
        {
            _leftPaused.Add(partition);
        }

        _unpositioned.Remove(partition);
        _refused.Remove(partition);
    }

    /// <summary>Owned partitions that went while they were paused and came back: the client may still hold them paused.</summary>
    public List<TopicPartition> TakeReturned()
    {
        var returned = _leftPaused.Where(_read.ContainsKey).ToList();
        _leftPaused.ExceptWith(returned);
        return returned;
    }

    public void MarkPaused(IEnumerable<TopicPartition> partitions) => _paused.UnionWith(partitions);

    public void MarkRunning(IEnumerable<TopicPartition> partitions) => _paused.ExceptWith(partitions);

    /// <summary>The stored position that the first record after an assignment should have; null for later records.</summary>
    public long? TakeExpected(TopicPartition partition) =>
        _expected.Remove(partition, out var expected) ? expected : null;

    /// <summary>Notes the next offset of a partition; false when it was there or further already.</summary>
    public bool Advance(TopicPartition partition, long next)
    {
        var (known, epoch) = _read[partition];
        if (known >= next)
        {
            return false;
        }

        _read[partition] = (next, epoch);
        return true;
    }
}
