namespace KbAlbertStream.Core.Spikes;

/// <summary>
/// What is normal for one institution and kind: an exponentially forgetting estimate of its counted texts an hour and
/// of their over-dispersion, shrunk towards a prior. Immutable; a new one is all zero.
/// </summary>
/// <param name="Counts">A: decayed sum of the (winsorised) counts.</param>
/// <param name="Hours">B: decayed sum of the hours observed.</param>
/// <param name="Squares">V: decayed sum of the squared deviations from the expected day.</param>
/// <param name="Expected">W: decayed sum of the expected counts.</param>
public readonly record struct Level(double Counts, double Hours, double Squares, double Expected)
{
    private const double HoursADay = 24;

    /// <summary>lambda, texts an hour: (A + a x prior) / (B + a) with a = the prior's hours.</summary>
    public double RatePerHour(SpikeRules rules)
    {
        var priorHours = rules.PriorDays * HoursADay;
        return (Counts + (rules.PriorDays * rules.PriorPerDay)) / (Hours + priorHours);
    }

    /// <summary>phi, variance over mean of a day's count: (V + kappa x prior) / (W + kappa), within [1, max].</summary>
    public double Dispersion(SpikeRules rules) => Math.Clamp(
        (Squares + (rules.PriorDispersionWeight * rules.PriorDispersion)) / (Expected + rules.PriorDispersionWeight),
        1,
        rules.MaxDispersion);

    /// <summary>The level after one more day with this count.</summary>
    public Level Learn(int count, SpikeRules rules)
    {
        var mean = RatePerHour(rules) * HoursADay;
        double counted = count;
        if (count > 1)
        {
            // Else one spike would hide the next.
            var most = NegativeBinomial.UpperQuantile(rules.WinsorAlpha, mean, Dispersion(rules));
            counted = Math.Min(count, Math.Max(1, most));
        }

        var keep = Math.Pow(2, -1 / rules.HalfLifeDays);
        return new Level(
            (keep * Counts) + counted,
            (keep * Hours) + HoursADay,
            (keep * Squares) + ((counted - mean) * (counted - mean)),
            (keep * Expected) + mean);
    }
}
