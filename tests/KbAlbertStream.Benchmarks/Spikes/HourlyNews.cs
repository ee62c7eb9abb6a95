using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Spikes;
using MathNet.Numerics.Distributions;

namespace KbAlbertStream.Benchmarks.Spikes;

/// <summary>
/// A made-up institution's texts by the hour: a gamma factor for each day (over-dispersion), a cycle over day and week
/// or none, and a spike on demand. All from one seed.
/// </summary>
/// <param name="PerDay">Mean texts a day.</param>
/// <param name="Dispersion">Variance over mean of a day's count.</param>
/// <param name="HasCycle">Whether working days and office hours have more.</param>
internal sealed record HourlyNews(double PerDay, double Dispersion, bool HasCycle)
{
    public static readonly DateTimeOffset Start = new(2026, 1, 4, 15, 0, 0, TimeSpan.Zero); // Monday 00:00 in Korea

    private static readonly double[] Weekdays = [1.25, 1.25, 1.25, 1.2, 1.15, 0.4, 0.5];
    private static readonly double[] Hours = Normalise(
        [.. Enumerable.Range(0, 24).Select(hour => hour is >= 9 and < 17 ? 2.0 : hour is >= 7 and < 20 ? 1.2 : 0.25)]);

    /// <summary>The times of ordinary texts over some days, in order.</summary>
    public List<DateTimeOffset> Ordinary(int days, Random random)
    {
        var times = new List<DateTimeOffset>();
        var shape = PerDay / (Dispersion - 1);
        for (var day = 0; day < days; day++)
        {
            var factor = Gamma.Sample(random, shape, shape);
            for (var hour = 0; hour < 24; hour++)
            {
                var cycle = HasCycle ? Weekdays[day % 7] * Hours[hour] : 1;
                var mean = PerDay / 24 * cycle * factor;
                var count = mean < 1e-12 ? 0 : Poisson.Sample(random, mean);
                for (var i = 0; i < count; i++)
                {
                    times.Add(Start.AddDays(day).AddHours(hour + random.NextDouble()));
                }
            }
        }

        times.Sort();
        return times;
    }

    /// <summary>A spike of so many texts: half of them within four hours.</summary>
    public static List<DateTimeOffset> Spike(DateTimeOffset onset, int size, Random random) =>
        [.. Enumerable.Range(0, size).Select(_ => onset.AddHours(LogNormal.Sample(random, Math.Log(4), 0.9))).Order()];

    /// <summary>What the detector does with texts at these times, each a story of its own from one of many publishers.</summary>
    public static List<AlertChange> Detect(IEnumerable<DateTimeOffset> times, DateTimeOffset until)
    {
        var detector = new SpikeDetector(SpikeRules.Default, DetectorSnapshot.Empty);
        var changes = new List<AlertChange>();
        var offset = 0L;
        foreach (var at in times.TakeWhile(at => at <= until))
        {
            var position = new RecordPosition(MessageKind.News, at, "risk.news.v1", 0, offset);
            changes.AddRange(detector.Look(new SeenText(
                position, "entity", at, at, $"publisher {offset % 17}", Story.Of($"story {offset}"), [], 0.9f)));
            offset++;
        }

        changes.AddRange(detector.AdvanceTo(until));
        return changes;
    }

    private static double[] Normalise(double[] weights) => [.. weights.Select(w => w * weights.Length / weights.Sum())];
}
