using System.Globalization;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>Where the time of a run went: by stage on the clock, by process and thread on the CPU.</summary>
internal static class StageTable
{
    /// <summary>Prints both.</summary>
    public static void Print(WorkOff run, TextWriter output)
    {
        var stages = new MarkdownTable("stage", "ms a message (clock)");
        foreach (var (stage, seconds) in run.Stages)
        {
            stages.Add(stage, Milliseconds(seconds, run.Rows));
        }

        stages.Print(output);
        output.WriteLine();
        var cpu = new MarkdownTable("process, thread", "CPU ms a message");
        cpu.Add("worker", Milliseconds(run.WorkerCpu, run.Rows));
        foreach (var (thread, seconds) in run.Threads.OrderByDescending(pair => pair.Value).Take(8))
        {
            cpu.Add($"worker, {thread}", Milliseconds(seconds, run.Rows));
        }

        cpu.Add("PostgreSQL", Milliseconds(run.DatabaseCpu, run.Rows));
        cpu.Add("Kafka", Milliseconds(run.BrokerCpu, run.Rows));
        cpu.Print(output);
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The worker's peak memory: {run.PeakMegabytes:F0} MB."));
    }

    private static string Milliseconds(double seconds, long rows) =>
        (1000 * seconds / rows).ToString("F3", CultureInfo.InvariantCulture);
}
