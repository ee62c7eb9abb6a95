using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Core.Spikes;

/// <summary>What is counted by itself: one institution in one kind of message. Sorts by kind, then by id.</summary>
public readonly record struct SeriesKey(MessageKind Kind, string Entity) : IComparable<SeriesKey>
{
    /// <inheritdoc />
    public int CompareTo(SeriesKey other)
    {
        var byKind = Kind.CompareTo(other.Kind);
        return byKind != 0 ? byKind : string.CompareOrdinal(Entity, other.Entity);
    }

    /// <inheritdoc />
    public override string ToString() => $"{Kind.ToWireName()}/{Entity}";

#pragma warning disable CS1591 // Operators that CA1036 asks for; they say nothing new.
    public static bool operator <(SeriesKey left, SeriesKey right) => left.CompareTo(right) < 0;

    public static bool operator <=(SeriesKey left, SeriesKey right) => left.CompareTo(right) <= 0;

    public static bool operator >(SeriesKey left, SeriesKey right) => left.CompareTo(right) > 0;

    public static bool operator >=(SeriesKey left, SeriesKey right) => left.CompareTo(right) >= 0;
#pragma warning restore CS1591
}
