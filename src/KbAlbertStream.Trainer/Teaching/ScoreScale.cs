namespace KbAlbertStream.Trainer.Teaching;

/// <summary>Turns the score of a linear classifier into a probability: 1 / (1 + exp(-(slope score + offset))) (Platt, 1999).</summary>
internal readonly record struct ScoreScale(double Slope, double Offset)
{
    private const int Rounds = 50;

    // Keeps the step finite where all scores are alike.
    private const double Ridge = 1e-6;

    /// <summary>The scale that makes labels most likely, by Newton's method.</summary>
    public static ScoreScale Fit(IReadOnlyList<(float Score, bool IsPositive)> known)
    {
        var (slope, offset) = (1.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            double gs = 0, go = 0, ss = Ridge, so = 0, oo = Ridge;
            foreach (var (score, isPositive) in known)
            {
                var p = 1 / (1 + Math.Exp(-((slope * score) + offset)));
                var (error, weight) = (p - (isPositive ? 1 : 0), p * (1 - p));
                gs += error * score;
                go += error;
                ss += weight * score * score;
                so += weight * score;
                oo += weight;
            }

            var determinant = (ss * oo) - (so * so);
            slope -= ((oo * gs) - (so * go)) / determinant;
            offset -= ((ss * go) - (so * gs)) / determinant;
        }

        return new ScoreScale(slope, offset);
    }

    /// <summary>The probability of a score.</summary>
    public float Of(float score) => (float)(1 / (1 + Math.Exp(-((Slope * score) + Offset))));
}
