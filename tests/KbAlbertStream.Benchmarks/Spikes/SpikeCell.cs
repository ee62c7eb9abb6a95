using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Benchmarks.Spikes;

/// <summary>How the detector does on one kind of institution.</summary>
/// <param name="FalseAlarms">Alerts opened an institution and 30 days without a spike, after the first 60 days.</param>
/// <param name="Found">Share of spikes for which an alert opened (or was raised) within 48 hours, by size.</param>
/// <param name="MedianDelay">Hours from the onset to that, by size; NaN when none was found.</param>
internal sealed record SpikeCell(
    HourlyNews News, double FalseAlarms, IReadOnlyDictionary<int, double> Found, IReadOnlyDictionary<int, double> MedianDelay)
{
    private const int Days = 180;
    private const int Settled = 60;

    /// <summary>Runs it.</summary>
    public static SpikeCell Run(HourlyNews news, int institutions, int seed, params int[] sizes)
    {
        var opened = 0;
        var delays = sizes.ToDictionary(size => size, _ => new List<double>());
        for (var i = 0; i < institutions; i++)
        {
            var random = new Random((seed * 100_003) + i);
            var ordinary = news.Ordinary(Days, random);
            opened += HourlyNews.Detect(ordinary, HourlyNews.Start.AddDays(Days)).Count(change =>
                change.Type == AlertChangeType.Opened && change.At >= HourlyNews.Start.AddDays(Settled));
            foreach (var size in sizes)
            {
                var onset = HourlyNews.Start.AddDays(random.Next(100, 170)).AddHours(7 + (12 * random.NextDouble()));
                var times = ordinary.Concat(HourlyNews.Spike(onset, size, random)).Order();
                var found = HourlyNews.Detect(times, onset.AddHours(48)).FirstOrDefault(change =>
                    change.At >= onset && change.Type is AlertChangeType.Opened or AlertChangeType.Raised);
                if (found is not null)
                {
                    delays[size].Add((found.At - onset).TotalHours);
                }
            }
        }

        return new SpikeCell(
            news,
            opened / (double)institutions / ((Days - Settled) / 30.0),
            sizes.ToDictionary(size => size, size => delays[size].Count / (double)institutions),
            sizes.ToDictionary(size => size, size => Median(delays[size])));
    }

    private static double Median(List<double> values) =>
        values.Count == 0 ? double.NaN : values.Order().ElementAt(values.Count / 2);
}
