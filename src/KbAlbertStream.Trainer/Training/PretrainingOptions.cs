namespace KbAlbertStream.Trainer.Training;

/// <summary>The constants of pre-training; the defaults are those of the shipped model.</summary>
internal sealed record PretrainingOptions
{
    /// <summary>How long to train.</summary>
    public required Budget Budget { get; init; }

    /// <summary>Decides weights, order and masks.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Tokens a batch, padding included.</summary>
    public int BatchTokens { get; init; } = 2048;

    /// <summary>Share of the batches that are reviews and also train the sentiment head.</summary>
    public double ReviewShare { get; init; } = 0.6;

    /// <summary>The highest learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Part of the budget in which the learning rate rises.</summary>
    public double WarmUp { get; init; } = 0.06;

    /// <summary>Gradients are scaled down to this norm.</summary>
    public double MaxGradientNorm { get; init; } = 1;

    /// <summary>A checkpoint is written after this much work.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>A line of progress comes after so many steps.</summary>
    public int ReportEvery { get; init; } = 100;
}
