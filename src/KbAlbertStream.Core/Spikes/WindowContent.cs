using System.Collections.Immutable;

namespace KbAlbertStream.Core.Spikes;

/// <summary>What a window's texts amount to.</summary>
internal static class WindowContent
{
    public static WindowCount Count(ReadOnlySpan<SeenText> texts, SpikeRules rules)
    {
        var seen = 0;
        var publishers = new HashSet<string>(StringComparer.Ordinal);
        var categories = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            publishers.Add(text.Source);
            if (text.IsCopy)
            {
                continue;
            }

            seen++;
            foreach (var category in text.Categories)
            {
                categories[category] = categories.GetValueOrDefault(category) + 1;
            }
        }

        var most = categories.Count == 0 ? 0 : categories.Values.Max();
        var severe = categories.Any(c => c.Value == most && rules.SevereCategories.Contains(c.Key));
        return new WindowCount(seen, publishers.Count, severe);
    }

    /// <summary>The identifiers of the counted texts, in order of event time.</summary>
    public static ImmutableArray<string> CountedIds(ReadOnlySpan<SeenText> texts) =>
        [.. texts.ToArray().Where(t => !t.IsCopy).Select(t => t.ExternalId).OfType<string>()];

    /// <summary>The counted texts with the highest negative reputation; ties in order of event time and position.</summary>
    public static ImmutableArray<SeenText> Strongest(ReadOnlySpan<SeenText> texts, int most) =>
    [
        .. texts.ToArray()
            .Where(t => !t.IsCopy)
            .OrderByDescending(t => t.NegativeReputation)
            .ThenBy(t => LogKey.Of(t.Position, t.OccurredAt))
            .Take(most),
    ];
}
