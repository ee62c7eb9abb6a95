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
    /// <param name="peerBatches">Batch sizes that the Python worker is tried with, in each form; the best one runs.</param>
    public async Task RunAsync(int[] peerBatches)
    {
        await Backlog.FillAsync(servers.Broker, Topics, messages);
        PeerForm[] peers =
        [
            new("Python, COPY alone", await BestAsync(peerBatches, works: false), Works: false),
            new("Python that also masks (8 patterns), links and counts", await BestAsync(peerBatches, works: true), Works: true),
        ];
        List<double> ours = [], copies = [];
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

            foreach (var peer in peers)
            {
                peer.Rates.Add(await PeerAsync(peer.Batch, peer.Works, messages));
            }

            await using var target = await servers.NewDatabaseAsync();
            copies.Add(last.Rows / await copy.LoadAsync(target));
            Report($"COPY {copies[^1]:F0}");
        }

        Print(ours, peers, copies, last!);
    }

    // On a fifth of the backlog: the differences between sizes are large where they matter.
    private async Task<int> BestAsync(int[] batches, bool works)
    {
        if (batches is [var only])
        {
            return only;
        }

        var rates = new Dictionary<int, double>();
        foreach (var size in batches)
        {
            rates[size] = await PeerAsync(size, works, messages / 5);
        }

        return rates.MaxBy(pair => pair.Value).Key;
    }

    private async Task<double> PeerAsync(int batch, bool works, int records)
    {
        await using var database = await servers.NewDatabaseAsync();
        var (postmaster, before) = (servers.PostmasterId, ProcessUse.CpuSecondsOfChildren(servers.PostmasterId));
        var cpu = await PeerWorker.RunAsync(servers.Broker, Topics, database, records, batch, works);
        var databaseCpu = ProcessUse.CpuSecondsOfChildren(postmaster) - before;
        var rate = await WorkOff.RateAsync(database);
        Report($"python, batches of {batch}{(works ? ", with masks and counts" : "")}: {rate:F0}; CPU ms a message: worker {1000 * cpu / records:F3}, database {1000 * databaseCpu / records:F3}");
        return rate;
    }

    private static void Report(FormattableString line) => Console.Error.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private void Print(List<double> ours, PeerForm[] peers, List<double> copies, WorkOff last)
    {
        var table = new MarkdownTable("way", "rows/s, median", "each round", "ours over it");
        table.Add("KbAlbertStream, scores by a stub: masks, links, counts once, idempotent", $"{Median(ours):F0}", Each(ours), "1");
        foreach (var peer in peers)
        {
            table.Add(
                $"{peer.Name}, batches of {peer.Batch}", $"{Median(peer.Rates):F0}", Each(peer.Rates),
                $"{Median(ours) / Median(peer.Rates):F2}");
        }

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

    private sealed record PeerForm(string Name, int Batch, bool Works)
    {
        public List<double> Rates { get; } = [];
    }
}
