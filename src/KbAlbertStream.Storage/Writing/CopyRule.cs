namespace KbAlbertStream.Storage.Writing;

/// <summary>Decides which of the exact copies of one story count.</summary>
/// <remarks>
/// In order of event time the first copy counts, and then the first one later than the window after the last counted
/// one. That is a function of the set of copies alone: batches, workers and late arrivals may deliver them in any
/// order, and the counts end up the same. So an earlier copy that comes late takes the place of the one counted before.
/// </remarks>
internal static class CopyRule
{
    /// <summary>
    /// What to store: every arrived mention, and the stored ones whose <c>Counted</c> changes.
    /// </summary>
    /// <param name="stored">Stored copies, at least those from <paramref name="window"/> before the first arrived one on.</param>
    /// <param name="arrived">New copies, at least one.</param>
    /// <param name="window">How long after a counted copy another one does not count, ends included.</param>
    public static IEnumerable<MentionChange> Apply(
        IEnumerable<NegativeMention> stored, IReadOnlyCollection<NegativeMention> arrived, TimeSpan window)
    {
        var first = arrived.Min(MentionOrder.Instance)!;
        var isArrived = arrived.ToHashSet(ReferenceEqualityComparer.Instance);
        DateTimeOffset? lastCounted = null;
        foreach (var mention in stored.Concat(arrived).Order(MentionOrder.Instance))
        {
            // What comes before the first arrived copy does not depend on it.
            var before = MentionOrder.Instance.Compare(mention, first) < 0;
            var counts = before ? mention.Counted : lastCounted is null || mention.OccurredAt - lastCounted > window;
            if (counts)
            {
                lastCounted = mention.OccurredAt;
            }

            var isNew = isArrived.Contains(mention);
            if (isNew || mention.Counted != counts)
            {
                yield return new MentionChange(mention with { Counted = counts }, isNew);
            }
        }
    }
}
