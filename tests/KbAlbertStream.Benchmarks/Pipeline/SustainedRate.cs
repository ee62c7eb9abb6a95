using System.Diagnostics;
using System.Globalization;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>
/// Messages a second that a worker does while a producer on the same cores publishes more than it can do. A backlog that
/// was published before goes faster, because the producer's share of the machine is free then.
/// </summary>
internal static class SustainedRate
{
    private const int Burst = 6000;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Counting = TimeSpan.FromSeconds(20);

    /// <summary>Measures, with workers and databases of its own, and prints both rates.</summary>
    public static async Task<double> MeasureAsync(PipelineServers servers)
    {
        var backlog = await OfBacklogAsync(servers);
        var offered = 1.3 * backlog;
        var topics = BenchTopics.Of("sustained");
        await servers.Broker.CreateAsync(topics, Backlog.Partitions);
        await using var database = await servers.NewDatabaseAsync();
        await using var worker = WorkerUnderTest.Start(servers, topics, database, stub: false);
        await worker.WaitUntilReadyAsync();
        using var producer = new BenchProducer(servers.Broker, topics, lingerMs: 5);
        using var messages = SampleMessages.Live().GetEnumerator();

        await OpenLoop.RunAsync(producer, messages, offered, Settling);
        var (before, since) = (await database.WorkedOffAsync(), Stopwatch.GetTimestamp());
        await OpenLoop.RunAsync(producer, messages, offered, Counting);
        worker.ThrowIfEnded();
        var rate = (await database.WorkedOffAsync() - before) / Stopwatch.GetElapsedTime(since).TotalSeconds;

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{backlog:F0} messages/s from a backlog, {rate:F0} while {offered:F0} are published on the same cores."));
        Console.WriteLine();
        return rate;
    }

    private static async Task<double> OfBacklogAsync(PipelineServers servers)
    {
        var topics = BenchTopics.Of("rate");
        await Backlog.FillAsync(servers.Broker, topics, Burst);
        await using var database = await servers.NewDatabaseAsync();
        return (await WorkOff.MeasureAsync(servers, topics, database, Burst, stub: false)).PerSecond;
    }
}
