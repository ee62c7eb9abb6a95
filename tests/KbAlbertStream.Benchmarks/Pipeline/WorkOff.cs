using System.Diagnostics;
using System.Globalization;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>How a contestant worked a backlog off.</summary>
/// <param name="Rows">Rows stored.</param>
/// <param name="PerSecond">Rows a second between the first and the last commit.</param>
/// <param name="WorkerCpu">CPU seconds of the worker's process.</param>
/// <param name="DatabaseCpu">CPU seconds of the database's processes.</param>
/// <param name="BrokerCpu">CPU seconds of the broker.</param>
/// <param name="PeakMegabytes">The worker's peak resident memory.</param>
/// <param name="Stages">Seconds by stage, as the worker's metrics say.</param>
/// <param name="Threads">CPU seconds of the worker's threads by name.</param>
internal sealed record WorkOff(
    long Rows,
    double PerSecond,
    double WorkerCpu,
    double DatabaseCpu,
    double BrokerCpu,
    double PeakMegabytes,
    IReadOnlyDictionary<string, double> Stages,
    IReadOnlyDictionary<string, double> Threads)
{
    // Of all rows but those of the first commit: what happens before it is the start of a process.
    private const string Rate = """
        SELECT coalesce(count(*) FILTER (WHERE xmin::text <> first) / extract(epoch FROM max(written_at) - min(written_at)
                 FILTER (WHERE xmin::text = first))::float, 0)::float
        FROM scored_events, (SELECT xmin::text AS first FROM scored_events ORDER BY written_at LIMIT 1) AS f
        """;

    /// <summary>Lets a worker work off what is in the topics into a database.</summary>
    public static async Task<WorkOff> MeasureAsync(
        PipelineServers servers,
        BenchTopics topics,
        BenchDatabase database,
        int records,
        bool stub,
        IReadOnlyDictionary<string, string>? settings = null)
    {
        var (postmaster, broker) = (servers.PostmasterId, servers.Broker.ProcessId);
        var (databaseCpu, brokerCpu) = (ProcessUse.CpuSecondsOfChildren(postmaster), ProcessUse.CpuSeconds(broker));
        await using var worker = WorkerUnderTest.Start(servers, topics, database, stub, settings);
        await worker.WaitForAsync(database, records, TimeSpan.FromMinutes(30));
        return new WorkOff(
            await RowsAsync(database),
            await RateAsync(database),
            ProcessUse.CpuSeconds(worker.ProcessId),
            ProcessUse.CpuSecondsOfChildren(postmaster) - databaseCpu,
            ProcessUse.CpuSeconds(broker) - brokerCpu,
            ProcessUse.Memory(worker.ProcessId).Peak,
            await worker.StagesAsync(),
            ProcessUse.CpuSecondsByThread(worker.ProcessId));
    }

    /// <summary>Rows stored.</summary>
    public static Task<long> RowsAsync(BenchDatabase database) =>
        database.ScalarAsync<long>("SELECT count(*) FROM scored_events");

    /// <summary>Rows a second between the first commit and the last.</summary>
    public static Task<double> RateAsync(BenchDatabase database) => database.ScalarAsync<double>(Rate);

    /// <summary>One line about CPU and memory.</summary>
    public string Use => string.Create(
        CultureInfo.InvariantCulture,
        $"CPU ms a message: worker {1000 * WorkerCpu / Rows:F3}, database {1000 * DatabaseCpu / Rows:F3}, broker {1000 * BrokerCpu / Rows:F3}; worker's peak {PeakMegabytes:F0} MB");
}
