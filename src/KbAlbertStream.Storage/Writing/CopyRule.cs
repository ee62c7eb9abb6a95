using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Storage.Writing;

/// <summary>Decides which of the exact copies of one story count.</summary>
/// <remarks>
/// In order of event time the first copy counts, and then the first one later than the window after the last counted
/// one. That is a function of the set of copies alone: batches, workers and late arrivals may deliver them in any
/// order, and the counts end up the same. So an earlier copy that comes late takes the place of the one counted before,
/// and when a counted copy is corrected or withdrawn the next one may count in its place.
/// </remarks>
internal static class CopyRule
{
    /// <summary>
    /// What to store: every arrived mention, every one that is gone, and the stored ones whose <c>Counted</c> changes.
    /// </summary>
    /// <param name="stored">
    /// Stored copies, at least those from <paramref name="window"/> before the first one that arrived or is gone.
    /// </param>
    /// <param name="arrived">New copies.</param>
    /// <param name="window">How long after a counted copy another one does not count, ends included.</param>
    /// <param name="gone">Positions of stored copies that are not current any more; none arrived and none gone is an error.</param>
    public static IEnumerable<MentionChange> Apply(
        IEnumerable<NegativeMention> stored,
        IReadOnlyCollection<NegativeMention> arrived,
        TimeSpan window,
        IReadOnlySet<RecordPosition>? gone = null)
    {
        var (left, stays) = Split(stored, gone);
        foreach (var mention in left)
        {
            yield return new MentionChange(
                mention with { Counted = false, Current = false }, IsNew: false, WasCounted: mention.Counted);
        }

        var first = arrived.Concat(left).Min(MentionOrder.Instance)!;
        var isArrived = arrived.ToHashSet(ReferenceEqualityComparer.Instance);
        DateTimeOffset? lastCounted = null;
        foreach (var mention in stays.Concat(arrived).Order(MentionOrder.Instance))
        {
            // What comes before the first copy that arrived or is gone does not depend on it.
            var before = MentionOrder.Instance.Compare(mention, first) < 0;
            var counts = before ? mention.Counted : lastCounted is null || mention.OccurredAt - lastCounted > window;
            if (counts)
            {
                lastCounted = mention.OccurredAt;
            }

            var isNew = isArrived.Contains(mention);
            if (isNew || mention.Counted != counts)
            {
                yield return new MentionChange(mention with { Counted = counts }, isNew, !isNew && mention.Counted);
            }
        }
    }

    private static (List<NegativeMention> Left, List<NegativeMention> Stays) Split(
        IEnumerable<NegativeMention> stored, IReadOnlySet<RecordPosition>? gone)
    {
        var isGone = stored.ToLookup(mention => gone?.Contains(mention.Position) == true);
        return ([.. isGone[true]], [.. isGone[false]]);
    }
}
