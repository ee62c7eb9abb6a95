namespace KbAlbertStream.Trainer.Promotion;

/// <summary>
/// What a character n-gram TF-IDF with a linear classifier reaches on the same data, trained in seconds: a neural model
/// has to stand beside it. Figures of the data's own description.
/// </summary>
internal static class Rivals
{
    public const double ReputationMacroF1 = 0.780, ComplianceMacroF1 = 0.773, SentimentAccuracy = 0.909;

    public const double NsmcAccuracy = 0.913, NsmcBalancedDefault = 0.853, NsmcBalancedTuned = 0.884;

    public const double EventRecall = 0.61, EventPrecision = 0.35, FlagRate = 0.02;

    public const double EventRecallHighCut = 0.50, EventPrecisionHighCut = 0.49, FlagRateHighCut = 0.01;
}
