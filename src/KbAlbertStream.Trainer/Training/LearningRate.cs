namespace KbAlbertStream.Trainer.Training;

/// <summary>Linear warm-up, then linear to zero.</summary>
internal static class LearningRate
{
    /// <summary>The rate when <paramref name="progress"/> (0 to 1) of the training is done.</summary>
    public static double At(double progress, double peak, double warmUp) => progress < warmUp
        ? peak * progress / warmUp
        : peak * Math.Max(0, (1 - progress) / (1 - warmUp));
}
