namespace KbAlbertStream.Core.Spikes;

/// <summary>
/// The detector's clock: over the partitions that still have unread records the smallest of their latest event times;
/// with none such the largest of all.
/// </summary>
/// <param name="Time">Where the clock stands; null before the first text, or while an unread partition hides its time.</param>
/// <param name="Frontier">
/// Every record with a smaller key has been read; null when all has been read to the end.
/// </param>
public sealed record DetectorClock(DateTimeOffset? Time, LogKey? Frontier)
{
    /// <summary>True when no partition has unread records.</summary>
    public bool AllRead => Frontier is null;

    /// <summary>Reads the clock off the partitions' progress.</summary>
    public static DetectorClock Of(IEnumerable<ReadPartition> partitions)
    {
        var (latest, frontier) = ((DateTimeOffset?)null, (LogKey?)null);
        foreach (var partition in partitions)
        {
            if (partition.MaxOccurredAt > latest || latest is null)
            {
                latest = partition.MaxOccurredAt ?? latest;
            }

            if (!partition.HasUnread)
            {
                continue;
            }

            // Nothing known of an unread partition: it may begin anywhere, so nothing is safe yet.
            var reached = new LogKey(
                partition.MaxOccurredAt ?? DateTimeOffset.MinValue,
                partition.Topic,
                partition.Partition,
                partition.NextOffset);
            frontier = frontier is { } least && least <= reached ? least : reached;
        }

        return frontier switch
        {
            null => new DetectorClock(latest, null),
            { } least when least.ClockAt == DateTimeOffset.MinValue => new DetectorClock(null, least),
            { } least => new DetectorClock(least.ClockAt, least),
        };
    }

    /// <summary>True when no unread record can come before this one.</summary>
    public bool HasReached(LogKey key) => Frontier is not { } frontier || key < frontier;
}
