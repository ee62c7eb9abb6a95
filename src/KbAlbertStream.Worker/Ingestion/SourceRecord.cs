using Confluent.Kafka;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>One record as it was read: raw bytes, not yet looked at. It may hold personal data.</summary>
/// <param name="Position">Where it stands; of a replayed record, where the original stands: the identity of its row.</param>
/// <param name="Key">The key's bytes, null when it has none.</param>
/// <param name="Value">The value's bytes, null for a tombstone.</param>
/// <param name="Headers">The original headers, kept for the dead letter.</param>
/// <param name="Timestamp">The original timestamp with its type, kept for the dead letter.</param>
/// <param name="ReplayedAt">Where a replayed record was read; null for every other, which was read where it stands.</param>
internal sealed record SourceRecord(
    RecordPosition Position,
    byte[]? Key,
    byte[]? Value,
    Headers? Headers = null,
    Timestamp Timestamp = default,
    TopicPartitionOffset? ReplayedAt = null)
{
    /// <summary>The partition it was read from.</summary>
    public TopicPartition TopicPartition =>
        ReplayedAt?.TopicPartition ?? new TopicPartition(Position.Topic, Position.Partition);

    /// <summary>The offset it was read at: progress and commits go by this.</summary>
    public long ReadOffset => ReplayedAt?.Offset.Value ?? Position.Offset;

    /// <summary>What it weighs against the bytes of a batch.</summary>
    public int Size => (Key?.Length ?? 0) + (Value?.Length ?? 0);
}
