using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>A real broker of its own in a temporary folder, started by <c>KAFKA_HOME/bin/start-broker</c>.</summary>
internal sealed class BenchBroker : IAsyncDisposable
{
    private readonly string _folder;

    private BenchBroker(string folder, string servers, int processId)
    {
        _folder = folder;
        BootstrapServers = servers;
        ProcessId = processId;
    }

    /// <summary>Where it listens.</summary>
    public string BootstrapServers { get; }

    /// <summary>Its process, for its CPU seconds.</summary>
    public int ProcessId { get; }

    /// <summary>Starts one; the folder is deleted with it.</summary>
    public static async Task<BenchBroker> StartAsync()
    {
        var home = Environment.GetEnvironmentVariable("KAFKA_HOME")
            ?? throw new InvalidOperationException("KAFKA_HOME does not say where Kafka is.");
        var folder = Directory.CreateTempSubdirectory("kbas-bench-kafka-").FullName;
        var start = new ProcessStartInfo(
            Path.Combine(home, "bin", "start-broker"),
            ["--dir", folder, "--set", "auto.create.topics.enable=false", "--set", "log.segment.bytes=67108864"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["KAFKA_HEAP_OPTS"] = "-Xmx512m -Xms128m";
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"start-broker ended with {process.ExitCode}; see {folder}.");
        }

        var lines = await File.ReadAllLinesAsync(Path.Combine(folder, "broker.env"));
        var values = lines.Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));
        return new BenchBroker(folder, values["BOOTSTRAP"], int.Parse(values["PIDS"], CultureInfo.InvariantCulture));
    }

    /// <summary>Makes topics for news, complaints and their dead letters.</summary>
    public async Task CreateAsync(BenchTopics topics, int partitions)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();
        await admin.CreateTopicsAsync(new[] { topics.News, topics.Complaints }.SelectMany(name => new TopicSpecification[]
        {
            new() { Name = name, NumPartitions = partitions, ReplicationFactor = 1 },
            new() { Name = name + ".dlq", NumPartitions = 1, ReplicationFactor = 1 },
        }));
    }

    /// <summary>Deletes the topics and what is in them.</summary>
    public async Task DeleteAsync(BenchTopics topics)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();
        await admin.DeleteTopicsAsync([topics.News, topics.Complaints]);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        using (var process = Process.GetProcessById(ProcessId))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
