using System.Collections.Frozen;
using System.Collections.Immutable;

namespace KbAlbertStream.Core.Spikes;

/// <summary>The constants of the detector. The defaults are those that docs/detector.md gives figures for.</summary>
public sealed record SpikeRules
{
    /// <summary>The defaults.</summary>
    public static readonly SpikeRules Default = new();

    /// <summary>Name and version of the detector, stored with every alert.</summary>
    public const string Detector = "snb-flat/1";

    /// <summary>The windows that are tested, from the shortest to the longest (24 h, which also closes alerts).</summary>
    public ImmutableArray<SpikeWindow> Windows { get; init; } = [new(1, 3), new(6, 4), new(24, 5)];

    /// <summary>A window fires below this probability.</summary>
    public double AlphaWarning { get; init; } = 1e-3;

    /// <summary>Below this probability the alert is critical.</summary>
    public double AlphaCritical { get; init; } = 1e-5;

    /// <summary>A window fires only from this multiple of its expected count.</summary>
    public double MinRatio { get; init; } = 1.5;

    /// <summary>News windows need this many distinct publishers: one outlet's series is no spike.</summary>
    public int MinPublishers { get; init; } = 2;

    /// <summary>How the over-dispersion of a day shrinks in a shorter window: (mu_w / mu_24h) to this power.</summary>
    public double DispersionExponent { get; init; } = 0.5;

    /// <summary>So long is an institution new: both alphas are divided by <see cref="ColdStartFactor"/>.</summary>
    public TimeSpan ColdStart { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How much more evidence a new institution needs.</summary>
    public double ColdStartFactor { get; init; } = 10;

    /// <summary>Days between a day and its learning, so that a growing spike does not teach the level.</summary>
    public int GuardDays { get; init; } = 2;

    /// <summary>Half-life of what the level remembers, in days.</summary>
    public double HalfLifeDays { get; init; } = 28;

    /// <summary>Counted texts a day that an institution without history is taken to have.</summary>
    public double PriorPerDay { get; init; } = 0.5;

    /// <summary>How many days of history the prior weighs as much as.</summary>
    public double PriorDays { get; init; } = 7;

    /// <summary>Variance over mean of an institution without history.</summary>
    public double PriorDispersion { get; init; } = 1.5;

    /// <summary>How many expected texts the prior dispersion weighs as much as.</summary>
    public double PriorDispersionWeight { get; init; } = 8;

    /// <summary>The largest variance over mean that is believed.</summary>
    public double MaxDispersion { get; init; } = 20;

    /// <summary>A day teaches at most the count that is exceeded with this probability (winsorising).</summary>
    public double WinsorAlpha { get; init; } = 1e-3;

    /// <summary>An alert calms down while the probability of the last 24 h is above this.</summary>
    public double CalmAbove { get; init; } = 0.05;

    /// <summary>An alert closes after this much uninterrupted calm, in event time.</summary>
    public TimeSpan CloseAfter { get; init; } = TimeSpan.FromHours(12);

    /// <summary>A spike within this time after the closing opens the same alert again.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromHours(6);

    /// <summary>The distance of the detector's steps.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A text that arrives later than this (in event time) teaches but no longer fires.</summary>
    public TimeSpan MaxLateness { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Reputation categories of severity 3: a spike of them is critical at once.</summary>
    public FrozenSet<string> SevereCategories { get; init; } =
        FrozenSet.Create(StringComparer.Ordinal,
            "embezzlement_breach", "data_breach", "liquidity_solvency", "aml_sanctions");
}
