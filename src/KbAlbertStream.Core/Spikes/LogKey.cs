using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Core.Spikes;

/// <summary>
/// Where a record stands in the one order in which the detector reads all partitions: by the running maximum of event
/// time in its partition, then topic, partition, offset. The maximum never falls along a partition, so this order
/// keeps every partition's own and depends on the logs alone, not on how their reading was interleaved.
/// </summary>
/// <param name="ClockAt">The largest event time in the partition up to and including this record.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">The offset.</param>
public readonly record struct LogKey(DateTimeOffset ClockAt, string Topic, int Partition, long Offset)
    : IComparable<LogKey>
{
    /// <summary>The key of a record whose partition's clock stands at <paramref name="clockAt"/>.</summary>
    public static LogKey Of(RecordPosition position, DateTimeOffset clockAt) =>
        new(clockAt, position.Topic, position.Partition, position.Offset);

    /// <inheritdoc />
    public int CompareTo(LogKey other)
    {
        var order = ClockAt.CompareTo(other.ClockAt);
        order = order != 0 ? order : string.CompareOrdinal(Topic, other.Topic);
        order = order != 0 ? order : Partition.CompareTo(other.Partition);
        return order != 0 ? order : Offset.CompareTo(other.Offset);
    }

#pragma warning disable CS1591 // Operators that CA1036 asks for; they say nothing new.
    public static bool operator <(LogKey left, LogKey right) => left.CompareTo(right) < 0;

    public static bool operator <=(LogKey left, LogKey right) => left.CompareTo(right) <= 0;

    public static bool operator >(LogKey left, LogKey right) => left.CompareTo(right) > 0;

    public static bool operator >=(LogKey left, LogKey right) => left.CompareTo(right) >= 0;
#pragma warning restore CS1591
}
