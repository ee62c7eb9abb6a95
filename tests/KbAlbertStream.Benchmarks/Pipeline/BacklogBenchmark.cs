using System.Globalization;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>Catch-up: how fast a worker that was away works off what has waited.</summary>
internal sealed class BacklogBenchmark(PipelineServers servers, int messages, bool stub)
{
    private static readonly BenchTopics Topics = BenchTopics.Of("backlog");

    /// <summary>Measures and prints.</summary>
    public async Task RunAsync()
    {
        await Backlog.FillAsync(servers.Broker, Topics, messages);
        await using var database = await servers.NewDatabaseAsync();
        var started = TimeProvider.System.GetTimestamp();
        var run = await WorkOff.MeasureAsync(servers, Topics, database, messages, stub);
        var table = new MarkdownTable("scores by", "messages", "messages/s", "minutes, start of the process included", "peak memory, MB");
        table.Add(
            stub ? "a stub" : "models/demo", $"{run.Rows}", $"{run.PerSecond:F0}",
            string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetElapsedTime(started).TotalMinutes:F1}"), $"{run.PeakMegabytes:F0}");
        Console.WriteLine($"{Environment.ProcessorCount} cores, {MachineLoad.Now}");
        Console.WriteLine();
        table.Print(Console.Out);
        Console.WriteLine();
        StageTable.Print(run, Console.Out);
    }
}
