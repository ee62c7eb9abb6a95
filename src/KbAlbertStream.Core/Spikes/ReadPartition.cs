namespace KbAlbertStream.Core.Spikes;

/// <summary>How far a partition has been read, as the detector's clock needs it.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="NextOffset">The first record not yet written.</param>
/// <param name="EndOffset">The end of the log; null when unknown, which counts as read to the end.</param>
/// <param name="MaxOccurredAt">The latest event time written; null when nothing was.</param>
public sealed record ReadPartition(
    string Topic, int Partition, long NextOffset, long? EndOffset, DateTimeOffset? MaxOccurredAt)
{
    /// <summary>True while records wait to be read.</summary>
    public bool HasUnread => EndOffset > NextOffset;
}
