namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>
/// Temperature scaling (Guo et al. 2017): the one number by which logits are divided so that probabilities mean what
/// they say. It minimises the negative log-likelihood, not the calibration error, which has no smooth minimum.
/// </summary>
internal static class Temperature
{
    private const double Lowest = 0.05, Highest = 20;

    /// <summary>The temperature with the least negative log-likelihood, found by golden-section search over its logarithm.</summary>
    /// <param name="logits">(N, K) of single-label logits or of multi-label logits.</param>
    /// <param name="targets">(N, K).</param>
    /// <param name="multiLabel">Sigmoids, or one softmax.</param>
    public static double Fit(IReadOnlyList<float[]> logits, IReadOnlyList<float[]> targets, bool multiLabel)
    {
        var ratio = (Math.Sqrt(5) - 1) / 2;
        double low = Math.Log(Lowest), high = Math.Log(Highest);
        double Loss(double logarithm) =>
            Calibration.NegativeLogLikelihood(logits, targets, multiLabel, Math.Exp(logarithm));

        while (high - low > 1e-4)
        {
            double left = high - (ratio * (high - low)), right = low + (ratio * (high - low));
            if (Loss(left) < Loss(right))
            {
                high = right;
            }
            else
            {
                low = left;
            }
        }

        return Math.Exp((low + high) / 2);
    }
}
