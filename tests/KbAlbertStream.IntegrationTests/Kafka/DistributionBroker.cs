using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Confluent.Kafka;

namespace KbAlbertStream.IntegrationTests.Kafka;

/// <summary>
/// A broker started from a Kafka distribution (4 or later, KRaft) in <c>KAFKA_HOME</c>, with Java 17. It lives in a
/// temporary folder and ends with the tests.
/// </summary>
internal sealed record DistributionBroker : TestBroker
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly string _folder;

    private DistributionBroker(string servers, string home, Process process, string folder)
        : base(servers, $"the distribution in {home}", true)
    {
        _process = process;
        _folder = folder;
    }

    public static async Task<DistributionBroker> StartAsync(string home, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("kbas-kafka-").FullName;
        var servers = $"127.0.0.1:{FreePort()}";
        var properties = Path.Combine(folder, "server.properties");
        await File.WriteAllTextAsync(properties, Properties(folder, servers, $"127.0.0.1:{FreePort()}"), cancellationToken);
        var cluster = Convert.ToBase64String(Guid.NewGuid().ToByteArray()).TrimEnd('=').Replace('+', 'A').Replace('/', 'B');
        using (var format = Launch(home, "kafka-storage.sh", folder, "format", "-t", cluster, "-c", properties))
        {
            await format.WaitForExitAsync(cancellationToken);
            Assert.True(format.ExitCode == 0, $"kafka-storage.sh ended with {format.ExitCode}; is Java 17 there?");
        }

        var process = Launch(home, "kafka-server-start.sh", folder, properties);
        await WaitUntilItAnswersAsync(servers, process, folder, cancellationToken);
        return new DistributionBroker(servers, home, process, folder);
    }

    public override async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Properties(string folder, string servers, string controller) =>
        $"""
        process.roles=broker,controller
        node.id=1
        listeners=PLAINTEXT://{servers},CONTROLLER://{controller}
        advertised.listeners=PLAINTEXT://{servers}
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        controller.listener.names=CONTROLLER
        inter.broker.listener.name=PLAINTEXT
        controller.quorum.voters=1@{controller}
        log.dirs={folder}/data
        auto.create.topics.enable=false
        default.replication.factor=1
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=4
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        group.min.session.timeout.ms=1000
        group.consumer.min.session.timeout.ms=3000
        group.consumer.session.timeout.ms=6000
        group.consumer.min.heartbeat.interval.ms=500
        group.consumer.heartbeat.interval.ms=1000
        """;

    private static Process Launch(string home, string script, string folder, params string[] arguments)
    {
        // The shell sends the output to a file: a pipe that nobody reads would stop the broker.
        var start = new ProcessStartInfo("bash")
        {
            ArgumentList = { "-c", """exec "$@" >>"$LOG_DIR/output.log" 2>&1 </dev/null""", "bash" },
            Environment = { ["LOG_DIR"] = folder, ["KAFKA_HEAP_OPTS"] = "-Xmx512m -Xms128m" },
        };
        start.ArgumentList.Add(Path.Combine(home, "bin", script));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static async Task WaitUntilItAnswersAsync(
        string servers, Process process, string folder, CancellationToken cancellationToken)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers })
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        var since = Stopwatch.StartNew();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (process.HasExited || since.Elapsed > StartTime)
            {
                var log = await File.ReadAllTextAsync(Path.Combine(folder, "output.log"), cancellationToken);
                Assert.Fail($"the broker did not start:\n{log[^Math.Min(log.Length, 2000)..]}");
            }

            try
            {
                // Blocks until the broker answers, at most a second.
                if (admin.GetMetadata(TimeSpan.FromSeconds(1)).Brokers.Count > 0)
                {
                    return;
                }
            }
            catch (KafkaException fault) when (!fault.Error.IsFatal)
            {
                // Not yet.
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
