using System.Collections.Immutable;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Core.Text;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>Scores without a model: a text that mentions a leak is negative and a data breach, others are neutral.</summary>
internal static class FormulaScores
{
    private static readonly ImmutableArray<string> Sentiments = ["negative", "neutral", "positive"];
    private static readonly ImmutableArray<string> Reputation = ["data_breach", "litigation"];
    private static readonly ImmutableArray<string> Compliance = ["explanation_duty"];

    public static IReadOnlyList<RiskScores> Score(IReadOnlyList<PreparedText> texts) => [.. texts.Select(Score)];

    private static RiskScores Score(PreparedText text)
    {
        var leak = text.ModelInput.Contains("유출", StringComparison.Ordinal);
        return new RiskScores(
            new HeadScores(
                "sentiment", Sentiments, leak ? [0.98f, 0.01f, 0.01f] : [0.05f, 0.9f, 0.05f],
                [leak ? "negative" : "neutral"]),
            new HeadScores("reputation", Reputation, leak ? [0.97f, 0.02f] : [0.01f, 0.01f], leak ? ["data_breach"] : []),
            new HeadScores("compliance", Compliance, [0.01f], []),
            leak ? [new Evidence("data_breach", text.ModelInput)] : [],
            1);
    }
}
