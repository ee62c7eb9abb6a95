namespace KbAlbertStream.Trainer.Teaching;

/// <summary>
/// A linear support vector machine with squared hinge loss: w minimises |w|²/2 + C sum max(0, 1 - y w.x)². Fitted by dual
/// coordinate descent (Hsieh et al., 2008, as in LIBLINEAR); the bias is the weight of one more feature that is always 1.
/// </summary>
internal static class LinearSvm
{
    private const int Rounds = 12;
    private const double Cost = 1;

    /// <summary>The weights of the features, then the bias.</summary>
    /// <param name="texts">Vectors of length 1.</param>
    /// <param name="isPositive">By text.</param>
    /// <param name="features">How many features there are.</param>
    /// <param name="random">Decides the order of the texts.</param>
    public static float[] Fit(SparseText[] texts, bool[] isPositive, int features, Random random)
    {
        const double Ridge = 1 / (2 * Cost);
        var weights = new float[features + 1];
        var duals = new double[texts.Length];
        var order = Enumerable.Range(0, texts.Length).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            random.Shuffle(order);
            foreach (var text in order)
            {
                var sign = isPositive[text] ? 1 : -1;
                var gradient = (sign * Score(weights, texts[text])) - 1 + (Ridge * duals[text]);

                // |x|² is 1 for the text (0 when it has no feature) and 1 for the bias.
                var curvature = (texts[text].Values.Length > 0 ? 2 : 1) + Ridge;
                var next = Math.Max(0, duals[text] - (gradient / curvature));
                if (next != duals[text])
                {
                    Add(weights, texts[text], (float)(sign * (next - duals[text])));
                    duals[text] = next;
                }
            }
        }

        return weights;
    }

    /// <summary>w.x and the bias.</summary>
    public static float Score(float[] weights, SparseText text)
    {
        var score = weights[^1];
        for (var i = 0; i < text.Features.Length; i++)
        {
            score += weights[text.Features[i]] * text.Values[i];
        }

        return score;
    }

    private static void Add(float[] weights, SparseText text, float step)
    {
        for (var i = 0; i < text.Features.Length; i++)
        {
            weights[text.Features[i]] += step * text.Values[i];
        }

        weights[^1] += step;
    }
}
