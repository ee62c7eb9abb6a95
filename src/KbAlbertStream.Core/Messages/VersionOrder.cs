namespace KbAlbertStream.Core.Messages;

/// <summary>
/// The order of the versions of one text: record time, then topic, partition and offset. It is a property of the
/// records, so whoever reads them, in whatever order, agrees on which is the newest.
/// </summary>
public sealed class VersionOrder : IComparer<RecordPosition>
{
    /// <summary>The one instance.</summary>
    public static readonly VersionOrder Instance = new();

    private VersionOrder()
    {
    }

    /// <inheritdoc />
    public int Compare(RecordPosition x, RecordPosition y)
    {
        var order = x.RecordedAt.CompareTo(y.RecordedAt);
        order = order != 0 ? order : string.CompareOrdinal(x.Topic, y.Topic);
        order = order != 0 ? order : x.Partition.CompareTo(y.Partition);
        return order != 0 ? order : x.Offset.CompareTo(y.Offset);
    }
}
