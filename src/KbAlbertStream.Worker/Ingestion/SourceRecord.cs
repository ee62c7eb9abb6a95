using Confluent.Kafka;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>One record as it was read: raw bytes, not yet looked at. It may hold personal data.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="Key">The key's bytes, null when it has none.</param>
/// <param name="Value">The value's bytes, null for a tombstone.</param>
/// <param name="Headers">The original headers, kept for the dead letter.</param>
/// <param name="Timestamp">The original timestamp with its type, kept for the dead letter.</param>
internal sealed record SourceRecord(
    RecordPosition Position, byte[]? Key, byte[]? Value, Headers? Headers = null, Timestamp Timestamp = default)
{
    /// <summary>The partition it was read from.</summary>
    public TopicPartition TopicPartition => new(Position.Topic, Position.Partition);

    /// <summary>What it weighs against the bytes of a batch.</summary>
    public int Size => (Key?.Length ?? 0) + (Value?.Length ?? 0);
}
