namespace KbAlbertStream.Trainer.Training;

/// <summary>Linear warm-up, then linear to zero.</summary>
internal static class LearningRate
{
    /// <summary>The rate when <paramref name="progress"/> (0 to 1) of the training is done.</summary>
    public static double At(double progress, double peak, double warmUp) => progress < warmUp
        ? peak * progress / warmUp
        : peak * Math.Max(0, (1 - progress) / (1 - warmUp));

    /// <summary>
    /// The rate of a step, to the last bit that of Transformers' <c>get_linear_schedule_with_warmup</c>: the first step
    /// is 0, and so is its rate when there is a warm-up.
    /// </summary>
    public static double OfStep(long step, long warmUpSteps, long steps, double peak) => step < warmUpSteps
        ? peak * ((double)step / warmUpSteps)
        : peak * Math.Max(0, (double)(steps - step) / Math.Max(1, steps - warmUpSteps));
}
