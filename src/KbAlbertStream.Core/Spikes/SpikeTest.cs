using System.Collections.Immutable;

namespace KbAlbertStream.Core.Spikes;

/// <summary>
/// The exceedance test: a window fires when a negative binomial count with the level's mean and dispersion reaches
/// what was seen with a probability below alpha, and the count passes the floors of <see cref="SpikeRules"/>.
/// </summary>
public static class SpikeTest
{
    /// <summary>Tests every window.</summary>
    /// <param name="rules">Windows and thresholds.</param>
    /// <param name="level">What is normal.</param>
    /// <param name="counts">What was seen, one entry a window, in the order of the rules.</param>
    /// <param name="minPublishers">How many distinct publishers a firing window needs.</param>
    /// <param name="coldStart">The institution is new.</param>
    public static SpikeVerdict Evaluate(
        SpikeRules rules, Level level, ReadOnlySpan<WindowCount> counts, int minPublishers, bool coldStart)
    {
        var factor = coldStart ? rules.ColdStartFactor : 1;
        var readings = ImmutableArray.CreateBuilder<WindowReading>(counts.Length);
        var (deciding, severity) = ((WindowReading?)null, Severity.Warning);
        for (var i = 0; i < counts.Length; i++)
        {
            var reading = Read(rules.Windows[i], counts[i]);
            readings.Add(reading);
            if (!reading.Fires)
            {
                continue;
            }

            if (deciding is null || reading.P < deciding.P)
            {
                deciding = reading;
            }

            if (reading.P < rules.AlphaCritical / factor || counts[i].Severe)
            {
                severity = Severity.Critical;
            }
        }

        return new SpikeVerdict(readings.MoveToImmutable(), deciding, severity, coldStart);

        WindowReading Read(SpikeWindow window, WindowCount count)
        {
            var (expected, dispersion) = Normal(rules, level, window);
            var p = NegativeBinomial.UpperTail(count.Seen, expected, dispersion);
            var fires = p < rules.AlphaWarning / factor
                && count.Seen >= window.MinCount
                && count.Seen >= rules.MinRatio * expected
                && count.Publishers >= minPublishers;
            return new WindowReading(window.Hours, count.Seen, expected, dispersion, p, count.Publishers, fires);
        }
    }

    /// <summary>The probability of at least so many texts in a window by chance.</summary>
    internal static double UpperTail(SpikeRules rules, Level level, SpikeWindow window, int seen)
    {
        var (expected, dispersion) = Normal(rules, level, window);
        return NegativeBinomial.UpperTail(seen, expected, dispersion);
    }

    private static (double Expected, double Dispersion) Normal(SpikeRules rules, Level level, SpikeWindow window)
    {
        // A day's over-dispersion comes partly from the day as a whole, partly from clumps within the hour.
        var shrink = Math.Pow(window.Hours / 24d, rules.DispersionExponent);
        return (level.RatePerHour(rules) * window.Hours, 1 + ((level.Dispersion(rules) - 1) * shrink));
    }
}
