using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Core.Scoring;

/// <summary>When a text counts against an institution in the rollups that the spike detector reads.</summary>
public static class CountingRule
{
    /// <summary>The least negative reputation that counts.</summary>
    public const float MinNegativeReputation = 0.5f;

    /// <summary>The least relevance that counts: 40 for news, 30 for complaints.</summary>
    public static int MinRelevance(MessageKind kind) => kind == MessageKind.News ? 40 : 30;

    /// <summary>True when a text with these figures counts.</summary>
    public static bool Counts(MessageKind kind, int relevance, float negativeReputation) =>
        relevance >= MinRelevance(kind) && negativeReputation >= MinNegativeReputation;

    /// <summary>
    /// How long after a counted text an exact copy of it is not counted again, in event time, ends included: 72 hours
    /// for a news story (whoever publishes it), 7 days for a complaint of the same customer.
    /// </summary>
    public static TimeSpan CopyWindow(MessageKind kind) =>
        kind == MessageKind.News ? TimeSpan.FromHours(72) : TimeSpan.FromDays(7);
}
