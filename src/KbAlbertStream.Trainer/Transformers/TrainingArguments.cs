namespace KbAlbertStream.Trainer.Transformers;

/// <summary>How a classifier is fine-tuned. Names and defaults are those of Transformers' <c>TrainingArguments</c>.</summary>
public sealed record TrainingArguments
{
    /// <summary>Where <see cref="SequenceClassificationTrainer.SaveModel"/> writes when it is given no other folder.</summary>
    public required string OutputDir { get; init; }

    /// <summary>How often the training texts are gone through; a part of an epoch is possible.</summary>
    public double NumTrainEpochs { get; init; } = 3;

    /// <summary>Steps in place of epochs; -1 for none.</summary>
    public int MaxSteps { get; init; } = -1;

    /// <summary>Texts of a training step.</summary>
    public int PerDeviceTrainBatchSize { get; init; } = 8;

    /// <summary>Texts of a pass in evaluation.</summary>
    public int PerDeviceEvalBatchSize { get; init; } = 8;

    /// <summary>The learning rate at the end of the warm-up; it falls linearly to 0 at the last step.</summary>
    public double LearningRate { get; init; } = 5e-5;

    /// <summary>Steps over which the learning rate rises from 0.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>AdamW's decay; biases and layer norms are left out.</summary>
    public double WeightDecay { get; init; }

    /// <summary>AdamW's first beta.</summary>
    public double AdamBeta1 { get; init; } = 0.9;

    /// <summary>AdamW's second beta.</summary>
    public double AdamBeta2 { get; init; } = 0.999;

    /// <summary>AdamW's epsilon.</summary>
    public double AdamEpsilon { get; init; } = 1e-8;

    /// <summary>Gradients are scaled down to this norm.</summary>
    public double MaxGradNorm { get; init; } = 1;

    /// <summary>Steps from one line of the log to the next.</summary>
    public int LoggingSteps { get; init; } = 500;

    /// <summary>Longer texts are cut to this many tokens.</summary>
    public int MaxLength { get; init; } = 512;

    /// <summary>Decides the order of the texts and what dropout drops.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>False keeps the texts in the order in which they are given.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Steps of a training on so many texts.</summary>
    public int StepsOn(int texts) => MaxSteps > 0 ? MaxSteps : (int)Math.Ceiling(NumTrainEpochs * StepsAnEpoch(texts));

    internal int StepsAnEpoch(int texts) => (texts + PerDeviceTrainBatchSize - 1) / PerDeviceTrainBatchSize;

    internal IEnumerable<string> Errors()
    {
        if (PerDeviceTrainBatchSize < 1 || PerDeviceEvalBatchSize < 1)
        {
            yield return "a batch holds at least one text";
        }

        if (!(NumTrainEpochs > 0) && MaxSteps <= 0)
        {
            yield return $"{nameof(NumTrainEpochs)} is {NumTrainEpochs}, it must be positive";
        }

        if (!(LearningRate > 0) || !(WeightDecay >= 0) || !(MaxGradNorm > 0))
        {
            yield return $"{nameof(LearningRate)} and {nameof(MaxGradNorm)} must be positive, {nameof(WeightDecay)} not negative";
        }

        if (WarmupSteps < 0 || LoggingSteps < 1 || MaxLength < 3)
        {
            yield return $"{nameof(WarmupSteps)} may not be negative, {nameof(LoggingSteps)} is at least 1, {nameof(MaxLength)} at least 3";
        }
    }
}
