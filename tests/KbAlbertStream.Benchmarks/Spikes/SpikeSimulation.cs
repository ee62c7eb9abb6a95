using System.Globalization;

namespace KbAlbertStream.Benchmarks.Spikes;

/// <summary>Prints how often the detector is wrong and how often it finds a spike, as a table in Markdown.</summary>
internal static class SpikeSimulation
{
    private static readonly double[] Volumes = [0.1, 0.5, 2, 8, 30];
    private static readonly double[] Dispersions = [1.5, 3];
    private static readonly int[] Sizes = [10, 20, 40];

    /// <summary>Runs all cells with so many institutions each.</summary>
    public static int Run(int institutions)
    {
        foreach (var hasCycle in new[] { false, true })
        {
            Console.WriteLine(hasCycle ? "\nWith the cycle of working days and office hours:\n" : "Without a cycle:\n");
            Console.WriteLine("| texts a day | dispersion | false alarms a month | found v=10 | v=20 | v=40 | hours v=10 | v=20 | v=40 |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
            var cells = Dispersions.SelectMany(_ => Volumes, (phi, perDay) => new HourlyNews(perDay, phi, hasCycle))
                .AsParallel().AsOrdered()
                .Select(news => SpikeCell.Run(news, institutions, seed: 1, Sizes))
                .ToList();
            foreach (var cell in cells)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {cell.News.PerDay} | {cell.News.Dispersion} | {cell.FalseAlarms:0.000} | ")
                    + string.Join(" | ", Sizes.Select(size => cell.Found[size].ToString("0.00", CultureInfo.InvariantCulture)))
                    + " | "
                    + string.Join(" | ", Sizes.Select(size => cell.MedianDelay[size].ToString("0.0", CultureInfo.InvariantCulture)))
                    + " |");
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"\nMean {cells.Average(c => c.FalseAlarms):0.000}, worst {cells.Max(c => c.FalseAlarms):0.000} false alarms an institution and month ({institutions} institutions a row, 120 days each)."));
        }

        return 0;
    }
}
