using System.Globalization;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>The worker's memory, minute by minute, under a steady load.</summary>
internal sealed class SoakBenchmark(PipelineServers servers, int minutes, int perSecond)
{
    private static readonly BenchTopics Topics = BenchTopics.Of("soak");

    /// <summary>Measures and prints.</summary>
    public async Task RunAsync()
    {
        await servers.Broker.CreateAsync(Topics, Backlog.Partitions);
        await using var database = await servers.NewDatabaseAsync();
        await using var worker = WorkerUnderTest.Start(servers, Topics, database, stub: false);
        await worker.WaitUntilReadyAsync();
        using var producer = new BenchProducer(servers.Broker, Topics);
        using var messages = SampleMessages.Live().GetEnumerator();
        var resident = new List<double>();
        Console.WriteLine($"{perSecond} messages/s of the sample mix for {minutes} minutes, models/demo, {Environment.ProcessorCount} cores, {MachineLoad.Now}");
        Console.WriteLine();
        Console.WriteLine("| minute | memory, MB | peak, MB | worked off | published |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        var sent = 0L;
        for (var minute = 1; minute <= minutes; minute++)
        {
            sent += await OpenLoop.RunAsync(producer, messages, perSecond, TimeSpan.FromMinutes(1));
            worker.ThrowIfEnded();
            var (now, peak) = ProcessUse.Memory(worker.ProcessId);
            resident.Add(now);
            Console.WriteLine($"| {minute} | {now:F0} | {peak:F0} | {await database.WorkedOffAsync()} | {sent} |");
        }

        producer.Flush();
        await worker.WaitForAsync(database, sent, TimeSpan.FromMinutes(10));
        var half = resident.Count / 2;
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Mean of the first half {resident.Take(Math.Max(1, half)).Average():F0} MB, of the second {resident.Skip(half).Average():F0} MB."));
    }
}
