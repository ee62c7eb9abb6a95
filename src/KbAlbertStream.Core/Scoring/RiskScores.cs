using System.Collections.Immutable;

namespace KbAlbertStream.Core.Scoring;

/// <summary>All that the model says about one text, calibrated and thresholded.</summary>
/// <param name="Sentiment">Single-label: negative, neutral, positive. Token-weighted mean over the windows.</param>
/// <param name="Reputation">Multi-label event categories. Maximum over the windows.</param>
/// <param name="Compliance">Multi-label flags. Maximum over the windows.</param>
/// <param name="Evidence">
/// One entry for every chosen reputation and compliance label; of heads that do not tell what their tokens add, only where
/// the text counts against somebody.
/// </param>
/// <param name="Windows">How many windows the text was read in (1 for a short text).</param>
public sealed record RiskScores(
    HeadScores Sentiment,
    HeadScores Reputation,
    HeadScores Compliance,
    ImmutableArray<Evidence> Evidence,
    int Windows)
{
    /// <summary>
    /// P(negative) times the largest reputation probability: whether the text counts against an institution. P(negative)
    /// alone for a model without a reputation head.
    /// </summary>
    public float NegativeReputation
    {
        get
        {
            var largest = Reputation.Probabilities.IsEmpty ? 1f : 0f;
            foreach (var p in Reputation.Probabilities)
            {
                largest = Math.Max(largest, p);
            }

            return Sentiment["negative"] * largest;
        }
    }
}
