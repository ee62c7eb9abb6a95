namespace KbAlbertStream.Trainer.Modelling;

/// <summary>What the shipped model is.</summary>
internal static class ModelDefaults
{
    /// <summary>Tokens that the model reads at once; longer texts are read in windows.</summary>
    public const int MaxLength = 256;

    /// <summary>The sentiment head: one label a text.</summary>
    public static readonly HeadShape Sentiment = new("sentiment", ["negative", "neutral", "positive"], MultiLabel: false);
}
