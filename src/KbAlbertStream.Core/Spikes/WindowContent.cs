using System.Collections.Immutable;

namespace KbAlbertStream.Core.Spikes;

/// <summary>What a window's texts amount to.</summary>
internal static class WindowContent
{
    /// <summary>The identifiers of the counted texts, in order of event time.</summary>
    public static ImmutableArray<string> CountedIds(IReadOnlyCollection<SeenText> texts) =>
        [.. texts.Where(t => !t.IsCopy).Select(t => t.ExternalId).OfType<string>()];

    /// <summary>The counted texts with the highest negative reputation; ties in order of event time and position.</summary>
    public static ImmutableArray<SeenText> Strongest(IReadOnlyCollection<SeenText> texts, int most) =>
    [
        .. texts
            .Where(t => !t.IsCopy)
            .OrderByDescending(t => t.NegativeReputation)
            .ThenBy(t => LogKey.Of(t.Position, t.OccurredAt))
            .Take(most),
    ];
}
