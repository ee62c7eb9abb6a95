namespace KbAlbertStream.Trainer.Training;

/// <summary>The constants of fine-tuning; the defaults are those of the shipped model.</summary>
internal sealed record FineTuningOptions
{
    /// <summary>Times that the labelled texts are seen.</summary>
    public int Epochs { get; init; } = 8;

    /// <summary>Decides draws, order, dropout.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Tokens a batch, padding included.</summary>
    public int BatchTokens { get; init; } = 2048;

    /// <summary>The highest learning rate of the encoder.</summary>
    public double LearningRate { get; init; } = 8e-4;

    /// <summary>The heads learn so many times as fast.</summary>
    public double HeadRate { get; init; } = 3;

    /// <summary>Part of the steps in which the learning rate rises.</summary>
    public double WarmUp { get; init; } = 0.1;

    /// <summary>Share of the tokens that are hidden.</summary>
    public double TokenDropout { get; init; } = 0.1;

    /// <summary>Dropout inside the encoder.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Dropout of what the heads read.</summary>
    public double HeadDropout { get; init; } = 0.2;

    /// <summary>Gradients are scaled down to this norm.</summary>
    public double MaxGradientNorm { get; init; } = 1;
}
