namespace KbAlbertStream.Trainer.Training;

/// <summary>How long to train: a number of steps, or minutes of work. The learning rate follows what is used up.</summary>
/// <remarks>With steps the same seed gives the same weights; with minutes the speed of the machine has a say.</remarks>
internal sealed record Budget(long? Steps, double? Minutes)
{
    /// <summary>The part that is used up, 0 to 1.</summary>
    public double Progress(long steps, TimeSpan worked) => Math.Min(1, Steps is { } all
        ? (double)steps / all
        : worked.TotalMinutes / (Minutes ?? throw new InvalidOperationException("a budget needs steps or minutes")));
}
