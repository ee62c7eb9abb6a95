namespace KbAlbertStream.Trainer.Modelling;

/// <summary>What the shipped model is.</summary>
internal static class ModelDefaults
{
    /// <summary>Tokens that the model reads at once; longer texts are read in windows.</summary>
    public const int MaxLength = 256;

    /// <summary>The sentiment head: one label a text.</summary>
    public static readonly HeadShape Sentiment = new("sentiment", ["negative", "neutral", "positive"], MultiLabel: false);

    /// <summary>The encoder's sizes: two layers of 256, each with its own weights.</summary>
    public static AlbertShape Shape(int vocabulary) => new() { VocabSize = vocabulary, MaxPositions = MaxLength };
}
