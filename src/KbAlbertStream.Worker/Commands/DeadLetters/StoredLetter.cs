using Confluent.Kafka;
using KbAlbertStream.Storage.Reading;

namespace KbAlbertStream.Worker.Commands.DeadLetters;

/// <summary>A dead letter with its original, as Kafka still has it. It may hold personal data.</summary>
/// <param name="Row">The row that describes it.</param>
/// <param name="Found">The record: in the dead-letter topic, else in the source topic.</param>
/// <param name="InSource">True when it was found in the source topic.</param>
internal sealed record StoredLetter(DeadLetterRow Row, ConsumeResult<byte[], byte[]> Found, bool InSource)
{
    /// <summary>The key's bytes; null when it has none.</summary>
    public byte[]? Key => Found.Message.Key;

    /// <summary>The value's bytes; null for a tombstone.</summary>
    public byte[]? Value => Found.Message.Value;
}
