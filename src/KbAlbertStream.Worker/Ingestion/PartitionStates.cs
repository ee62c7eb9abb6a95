using Confluent.Kafka;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// The partitions that this worker owns: how far each was read, which are paused, and which wait for their position.
/// </summary>
internal sealed class PartitionStates
{
    private readonly Dictionary<TopicPartition, long> _next = [];
    private readonly Dictionary<TopicPartition, long> _expected = [];
    private readonly HashSet<TopicPartition> _paused = [];
    private readonly HashSet<TopicPartition> _unpositioned = [];

    /// <summary>All owned partitions.</summary>
    public IReadOnlyCollection<TopicPartition> Owned => _next.Keys;

    /// <summary>Those whose position the database has not said yet. What is read from them does not count.</summary>
    public IReadOnlyCollection<TopicPartition> Unpositioned => _unpositioned;

    /// <summary>Those that are paused.</summary>
    public IReadOnlyCollection<TopicPartition> Paused => _paused;

    /// <summary>Owned and not yet paused.</summary>
    public List<TopicPartition> Running => [.. _next.Keys.Where(partition => !_paused.Contains(partition))];

    /// <summary>Paused for the pipeline's sake alone.</summary>
    public List<TopicPartition> Resumable => [.. _paused.Where(partition => !_unpositioned.Contains(partition))];

    public bool Owns(TopicPartition partition) => _next.ContainsKey(partition);

    public bool IsUnpositioned(TopicPartition partition) => _unpositioned.Contains(partition);

    public void Add(TopicPartition partition, Offset start)
    {
        _next[partition] = start.IsSpecial ? 0 : start.Value;
        if (!start.IsSpecial)
        {
            _expected[partition] = start.Value;
        }

        _unpositioned.Remove(partition);
    }

    public void AddUnpositioned(TopicPartition partition)
    {
        _next[partition] = 0;
        _unpositioned.Add(partition);
    }

    public void Remove(TopicPartition partition)
    {
        _next.Remove(partition);
        _expected.Remove(partition);
        _paused.Remove(partition);
        _unpositioned.Remove(partition);
    }

    public void MarkPaused(IEnumerable<TopicPartition> partitions) => _paused.UnionWith(partitions);

    public void MarkRunning(IEnumerable<TopicPartition> partitions) => _paused.ExceptWith(partitions);

    /// <summary>The stored position that the first record after an assignment should have; null for later records.</summary>
    public long? TakeExpected(TopicPartition partition) =>
        _expected.Remove(partition, out var expected) ? expected : null;

    /// <summary>Notes the next offset of a partition; false when it was there or further already.</summary>
    public bool Advance(TopicPartition partition, long next)
    {
        if (_next.TryGetValue(partition, out var known) && known >= next)
        {
            return false;
        }

        _next[partition] = next;
        return true;
    }
}
