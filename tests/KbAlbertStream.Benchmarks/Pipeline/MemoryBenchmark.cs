using System.Globalization;
using System.Text;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>
/// The worker's memory while far more waits than it can hold: long messages from a fast producer; first with the database
/// up, then stopped, then up again.
/// </summary>
internal sealed class MemoryBenchmark(PipelineServers servers, double gigabytes, int seconds, bool stub)
{
    // About what a long article has: windows of the model, megabytes of a batch.
    private const int Sentences = 200;
    private static readonly BenchTopics Topics = BenchTopics.Of("memory");

    /// <summary>Measures and prints.</summary>
    public async Task RunAsync()
    {
        await servers.Broker.CreateAsync(Topics, Backlog.Partitions);
        var bytes = Fill();
        await using var database = await servers.NewDatabaseAsync();
        await using var worker = WorkerUnderTest.Start(servers, Topics, database, stub);
        var table = new MarkdownTable("phase", "rows by then", "memory, MB", "peak, MB");
        await worker.WaitForAsync(database, 1, TimeSpan.FromMinutes(10));
        await PassAsync();
        await AddAsync($"{seconds} s at work, {bytes / 1e9:F1} GB waiting");
        var (worked, rows) = (await database.WorkedOffAsync(), await WorkOff.RowsAsync(database));
        await servers.Postgres.StopAsync(default);
        await PassAsync();
        Add($"{seconds} s without a database", rows);
        await servers.Postgres.StartAgainAsync(default);
        database.ForgetConnections();
        await worker.WaitForAsync(database, worked + 1, TimeSpan.FromMinutes(10));
        await PassAsync();
        await AddAsync($"{seconds} s after it came back");

        Console.WriteLine($"Scores by {(stub ? "a stub" : "models/demo")}, {Environment.ProcessorCount} cores, {MachineLoad.Now}");
        Console.WriteLine();
        table.Print(Console.Out);
        await servers.Broker.DeleteAsync(Topics);

        Task PassAsync() => Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);

        async Task AddAsync(string phase) => Add(phase, await WorkOff.RowsAsync(database));

        void Add(string phase, long done)
        {
            worker.ThrowIfEnded();
            var (now, peak) = ProcessUse.Memory(worker.ProcessId);
            table.Add(phase, $"{done}", $"{now:F0}", $"{peak:F0}");
        }
    }

    private long Fill()
    {
        using var producer = new BenchProducer(servers.Broker, Topics);
        var longText = string.Concat(Enumerable.Range(0, Sentences).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"고객은 {i}번째로 같은 답을 들었다고 했다. ")));
        var filler = Encoding.UTF8.GetBytes(longText);
        var written = 0L;
        foreach (var message in SampleMessages.Take(int.MaxValue, TimeProvider.System.GetUtcNow()))
        {
            var end = message.Value.AsSpan().IndexOf(SampleMessages.EndOfText) + SampleMessages.EndOfText.Length;
            byte[] value = [.. message.Value.AsSpan(0, end), (byte)' ', .. filler, .. message.Value.AsSpan(end)];
            producer.Send(message with { Value = value });
            written += value.Length;
            if (written >= gigabytes * 1e9)
            {
                break;
            }
        }

        return written;
    }
}
