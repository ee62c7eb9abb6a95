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
        int[] order =
        [
            x.RecordedAt.CompareTo(y.RecordedAt), string.CompareOrdinal(x.Topic, y.Topic),
            x.Partition.CompareTo(y.Partition), x.Offset.CompareTo(y.Offset),
        ];
        return Array.Find(order, static c => c != 0);
    }
}
