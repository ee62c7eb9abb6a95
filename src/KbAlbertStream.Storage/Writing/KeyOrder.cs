using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Storage.Writing;

/// <summary>
/// The order of the key of <c>scored_events</c>, as SQL's <c>ORDER BY kind, recorded_at, topic COLLATE "C", "partition",
/// "offset"</c> gives it: the order in which rows are locked.
/// </summary>
internal sealed class KeyOrder : IComparer<RecordPosition>
{
    public static readonly KeyOrder Instance = new();

    private KeyOrder()
    {
    }

    public int Compare(RecordPosition x, RecordPosition y) => x.Kind == y.Kind
        ? VersionOrder.Instance.Compare(Positions.AsStored(x), Positions.AsStored(y))
        : string.CompareOrdinal(x.Kind.ToWireName(), y.Kind.ToWireName());
}
