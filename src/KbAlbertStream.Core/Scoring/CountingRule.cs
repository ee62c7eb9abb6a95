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
}
