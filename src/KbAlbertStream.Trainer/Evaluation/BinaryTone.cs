namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>
/// NSMC's own question, positive or negative, asked of the three-class sentiment head: positive when
/// P(positive) / (P(positive) + P(negative)) reaches a cut. Ratings 5-8 are left out, as NSMC does.
/// </summary>
internal static class BinaryTone
{
    /// <summary>P(positive) among positive and negative, from the probabilities negative, neutral, positive.</summary>
    public static double PositiveShare(ReadOnlySpan<float> probabilities) =>
        probabilities[2] / Math.Max(1e-12, (double)probabilities[0] + probabilities[2]);

    /// <summary>Accuracy, and the mean of the accuracies on positive and on negative texts.</summary>
    /// <param name="shares">Positive share of each text.</param>
    /// <param name="positive">Whether the text is positive.</param>
    /// <param name="cut">From this share on a text is called positive.</param>
    public static (double Accuracy, double Balanced) Accuracy(
        IReadOnlyList<double> shares, IReadOnlyList<bool> positive, double cut)
    {
        int right = 0, rightPositive = 0, positives = 0;
        for (var i = 0; i < shares.Count; i++)
        {
            var correct = shares[i] >= cut == positive[i];
            right += correct ? 1 : 0;
            rightPositive += correct && positive[i] ? 1 : 0;
            positives += positive[i] ? 1 : 0;
        }

        var onPositive = (double)rightPositive / positives;
        var onNegative = (double)(right - rightPositive) / (shares.Count - positives);
        return ((double)right / shares.Count, (onPositive + onNegative) / 2);
    }
}
