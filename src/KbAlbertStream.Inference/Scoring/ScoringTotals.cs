namespace KbAlbertStream.Inference.Scoring;

/// <summary>What a scorer has done since it was loaded.</summary>
/// <param name="Texts">Texts scored.</param>
/// <param name="Windows">Windows they were read in.</param>
/// <param name="Tokens">Tokens that the encoder computed, none of them padding.</param>
/// <param name="AttentionSlots">B x S summed over passes: attention saw Tokens of them, the rest was padding.</param>
/// <param name="Passes">Passes of the encoder.</param>
public readonly record struct ScoringTotals(long Texts, long Windows, long Tokens, long AttentionSlots, long Passes)
{
    /// <summary>Time spent on tokens and windows.</summary>
    public TimeSpan Tokenising { get; init; }

    /// <summary>Time spent in the encoder and its heads.</summary>
    public TimeSpan Encoding { get; init; }
}
