namespace KbAlbertStream.Storage.Writing;

/// <summary>Order of event time; what happened at the same moment is ordered by its place in Kafka.</summary>
internal sealed class MentionOrder : IComparer<NegativeMention>
{
    public static readonly MentionOrder Instance = new();

    private MentionOrder()
    {
    }

    public int Compare(NegativeMention? x, NegativeMention? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var (a, b) = (x.Position, y.Position);
        int[] order =
        [
            x.OccurredAt.CompareTo(y.OccurredAt), a.RecordedAt.CompareTo(b.RecordedAt),
            string.CompareOrdinal(a.Topic, b.Topic), a.Partition.CompareTo(b.Partition), a.Offset.CompareTo(b.Offset),
        ];
        return Array.Find(order, static c => c != 0);
    }
}
