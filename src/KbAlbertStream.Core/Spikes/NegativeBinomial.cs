using MathNet.Numerics;

namespace KbAlbertStream.Core.Spikes;

/// <summary>
/// Negative binomial counts with mean mu and variance phi x mu (phi >= 1; phi = 1 is Poisson): size r = mu/(phi - 1),
/// success probability 1/phi (Noufaily et al. 2013).
/// </summary>
public static class NegativeBinomial
{
    // Below this the size r exceeds what the incomplete beta function resolves, and Poisson is the same to 1e-6.
    private const double PoissonBelow = 1e-6;

    /// <summary>P(Y >= count), the chance of at least this many. 1 for a count of 0.</summary>
    /// <param name="count">The count, 0 or more.</param>
    /// <param name="mean">The expected count, 0 or more.</param>
    /// <param name="dispersion">Variance over mean, 1 or more.</param>
    public static double UpperTail(int count, double mean, double dispersion)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(mean);
        ArgumentOutOfRangeException.ThrowIfLessThan(dispersion, 1);
        if (count == 0)
        {
            return 1;
        }

        if (mean == 0)
        {
            return 0;
        }

        return dispersion - 1 < PoissonBelow
            ? SpecialFunctions.GammaLowerRegularized(count, mean)
            : SpecialFunctions.BetaRegularized(count, mean / (dispersion - 1), 1 - (1 / dispersion));
    }

    /// <summary>The smallest count that is exceeded with a probability of at most <paramref name="alpha"/>.</summary>
    public static int UpperQuantile(double alpha, double mean, double dispersion)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(alpha, 0);
        var high = 0;
        while (UpperTail(high + 1, mean, dispersion) > alpha)
        {
            high = (2 * high) + 1;
        }

        // Invariant: low is exceeded too often (or is -1), high is not.
        var low = -1;
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (UpperTail(middle + 1, mean, dispersion) > alpha)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }
}
