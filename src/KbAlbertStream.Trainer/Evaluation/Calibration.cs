namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>How far probabilities can be taken at their word.</summary>
internal static class Calibration
{
    private const int Bins = 15;

    /// <summary>
    /// Mean negative log-likelihood, a text for single-label heads and a text and label for multi-label ones, of
    /// logits divided by <paramref name="temperature"/>.
    /// </summary>
    public static double NegativeLogLikelihood(
        IReadOnlyList<float[]> logits, IReadOnlyList<float[]> targets, bool multiLabel, double temperature)
    {
        var sum = 0.0;
        for (var i = 0; i < logits.Count; i++)
        {
            sum += multiLabel
                ? logits[i].Zip(targets[i], (z, y) => SoftPlus(z / temperature) - (y * z / temperature)).Average()
                : LogSumExp(logits[i], temperature) - logits[i].Zip(targets[i], (z, y) => y * z / temperature).Sum();
        }

        return sum / logits.Count;
    }

    /// <summary>
    /// Expected calibration error over 15 bins of equal width. Single-label: the probability of the chosen label
    /// against whether it is right. Multi-label: every probability against whether the text carries the label.
    /// </summary>
    public static double ExpectedError(IReadOnlyList<float[]> probabilities, IReadOnlyList<float[]> targets, bool multiLabel)
    {
        var bins = new (int Count, double Confidence, double Right)[Bins];
        for (var i = 0; i < probabilities.Count; i++)
        {
            var chosen = Array.IndexOf(probabilities[i], probabilities[i].Max());
            for (var label = 0; label < probabilities[i].Length; label++)
            {
                if (multiLabel || label == chosen)
                {
                    var p = probabilities[i][label];
                    ref var bin = ref bins[Math.Min(Bins - 1, (int)(p * Bins))];
                    bin = (bin.Count + 1, bin.Confidence + p, bin.Right + targets[i][label]);
                }
            }
        }

        return bins.Sum(bin => Math.Abs(bin.Confidence - bin.Right)) / bins.Sum(bin => bin.Count);
    }

    private static double SoftPlus(double z) => Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z)));

    private static double LogSumExp(float[] logits, double temperature)
    {
        var most = logits.Max();
        return (most / temperature) + Math.Log(logits.Sum(z => Math.Exp((z - most) / temperature)));
    }
}
