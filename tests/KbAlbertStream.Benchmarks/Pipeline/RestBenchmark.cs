using System.Globalization;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>
/// The pipeline without its encoder beside a Python worker and a bare COPY: the same backlog, the same servers, taking
/// turns, each into a fresh database.
/// </summary>
internal sealed class RestBenchmark(PipelineServers servers, int messages, int rounds)
{
    private static readonly BenchTopics Topics = BenchTopics.Of("rest");

    /// <summary>Measures and prints.</summary>
    /// <param name="peerBatches">Batch sizes of the Python worker; the best one counts.</param>
    public async Task RunAsync(int[] peerBatches)
    {
        await Backlog.FillAsync(servers.Broker, Topics, messages);
        List<double> ours = [], working = [], copies = [];
        var peers = peerBatches.ToDictionary(size => size, _ => new List<double>());
        WorkOff? last = null;
        using var copy = new BareCopy();
        for (var round = 0; round < rounds; round++)
        {
            await using var database = await servers.NewDatabaseAsync();
            last = await WorkOff.MeasureAsync(servers, Topics, database, messages, stub: true);
            ours.Add(last.PerSecond);
            Report($"ours {last.PerSecond:F0}; {last.Use}");
            if (round == 0)
            {
                await copy.SaveAsync(database);
            }

            foreach (var size in peerBatches)
            {
                peers[size].Add(await PeerAsync(size, works: false));
            }

            working.Add(await PeerAsync(peerBatches[0], works: true));
            await using var target = await servers.NewDatabaseAsync();
            copies.Add(last.Rows / await copy.LoadAsync(target));
            Report($"COPY {copies[^1]:F0}");
        }

        Print(ours, peers, working, copies, last!);
    }

    private async Task<double> PeerAsync(int batch, bool works)
    {
        await using var database = await servers.NewDatabaseAsync();
        var cpu = await PeerWorker.RunAsync(servers.Broker, Topics, database, messages, batch, works);
        var rate = await WorkOff.RateAsync(database);
        Report($"python, batches of {batch}{(works ? ", with masks and counts" : "")}: {rate:F0}; CPU ms a message {1000 * cpu / messages:F3}");
        return rate;
    }

    private static void Report(FormattableString line) => Console.Error.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private void Print(
        List<double> ours, Dictionary<int, List<double>> peers, List<double> working, List<double> copies, WorkOff last)
    {
        var best = peers.MaxBy(pair => Median(pair.Value));
        var table = new MarkdownTable("way", "rows/s, median", "each round", "ours over it");
        table.Add("KbAlbertStream, scores by a stub: masks, links, counts once, idempotent", $"{Median(ours):F0}", Each(ours), "1");
        foreach (var (size, rates) in peers.OrderBy(pair => pair.Key))
        {
            table.Add(
                $"Python, COPY alone, batches of {size}{(size == best.Key && peers.Count > 1 ? " (its best)" : "")}",
                $"{Median(rates):F0}", Each(rates), $"{Median(ours) / Median(rates):F2}");
        }

        table.Add(
            $"Python that also masks (8 patterns), links and counts, batches of {peers.Keys.First()}",
            $"{Median(working):F0}", Each(working), $"{Median(ours) / Median(working):F2}");
        table.Add("psql's bare COPY", $"{Median(copies):F0}", Each(copies), $"{Median(ours) / Median(copies):F2}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{messages} messages of the sample mix, {rounds} rounds that take turns, {Environment.ProcessorCount} cores, {MachineLoad.Now}"));
        Console.WriteLine();
        table.Print(Console.Out);
        Console.WriteLine();
        StageTable.Print(last, Console.Out);
    }

    private static string Each(List<double> rates) => string.Join(", ", rates.Select(rate => $"{rate:F0}"));

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
