namespace KbAlbertStream.Core.Messages;

/// <summary>
/// Where a record stands in Kafka, and the identity of its row. <paramref name="RecordedAt"/> is the Kafka record
/// timestamp in UTC; missing, before 2000 or after 2100 it is 2000-01-01. Nothing else ever changes it.
/// </summary>
public readonly record struct RecordPosition(
    MessageKind Kind, DateTimeOffset RecordedAt, string Topic, int Partition, long Offset)
{
    /// <summary>Stands for a record timestamp that is missing or out of range.</summary>
    public static readonly DateTimeOffset UnknownTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset LatestTime = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The value of <see cref="RecordedAt"/> for a Kafka timestamp in milliseconds since 1970.</summary>
    public static DateTimeOffset RecordedAtOf(long unixMilliseconds)
    {
        return unixMilliseconds < UnknownTime.ToUnixTimeMilliseconds()
            || unixMilliseconds > LatestTime.ToUnixTimeMilliseconds()
            ? UnknownTime
            : DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);
    }

    /// <inheritdoc />
    public override string ToString() => $"{Topic}[{Partition}]@{Offset}";
}
