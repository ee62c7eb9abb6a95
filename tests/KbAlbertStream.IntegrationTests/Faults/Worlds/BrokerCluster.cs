using Confluent.Kafka;
using Confluent.Kafka.Admin;
using KbAlbertStream.IntegrationTests.Support;

namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>
/// A real Kafka of one node or three (KRaft, from <c>KAFKA_HOME</c>) of a world's own. Clients reach it through proxies;
/// the nodes reach each other directly.
/// </summary>
internal sealed class BrokerCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly string _folder;

    private BrokerCluster(string folder, IReadOnlyList<BrokerNode> nodes)
    {
        _folder = folder;
        Nodes = nodes;
    }

    public IReadOnlyList<BrokerNode> Nodes { get; }

    public string BootstrapServers => string.Join(',', Nodes.Select(node => $"127.0.0.1:{node.Door.Port}"));

    public static async Task<BrokerCluster> StartAsync(string home, int count, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("kbas-faults-kafka-").FullName;
        var ports = Enumerable.Range(0, count)
            .Select(_ => (Client: FreePorts.Next(), Internal: FreePorts.Next(), Controller: FreePorts.Next())).ToArray();
        var voters = string.Join(',', ports.Select((port, i) => $"{i + 1}@127.0.0.1:{port.Controller}"));
        var id = Convert.ToBase64String(Guid.NewGuid().ToByteArray()).TrimEnd('=').Replace('+', 'A').Replace('/', 'B');
        var nodes = new List<BrokerNode>();
        foreach (var (port, i) in ports.Select((port, i) => (port, i)))
        {
            var own = Directory.CreateDirectory(Path.Combine(folder, $"node{i + 1}")).FullName;
            var door = TcpProxy.To(port.Client);
            var file = Path.Combine(own, "server.properties");
            var properties = BrokerProperties.Of(
                i + 1, count, own, port.Client, port.Internal, port.Controller, door.Port, voters);
            await File.WriteAllTextAsync(file, properties, cancellationToken);
            nodes.Add(new BrokerNode(home, own, file, i + 1, door));
        }

        var cluster = new BrokerCluster(folder, nodes);
        foreach (var node in nodes)
        {
            await node.FormatAsync(id, cancellationToken);
            node.Start();
        }

        await cluster.AnswersAsync();
        return cluster;
    }

    /// <summary>Returns once every node is part of the cluster.</summary>
    public Task AnswersAsync() => BecomesAsync(metadata => metadata.Brokers.Count == Nodes.Count, "nodes");

    /// <summary>Returns once every node has a full copy of every partition again.</summary>
    public Task AllInSyncAsync() => BecomesAsync(
        metadata => metadata.Topics.All(topic => topic.Partitions.All(p => p.InSyncReplicas.Length == Nodes.Count)), "copies");

    /// <summary>The node that leads a partition.</summary>
    public BrokerNode LeaderOf(string topic, int partition)
    {
        var leader = Ask(admin => admin.GetMetadata(topic, TimeSpan.FromSeconds(5)).Topics[0].Partitions
            .First(p => p.PartitionId == partition).Leader);
        return Nodes.Single(node => node.Number == leader);
    }

    /// <summary>Makes a topic, copied to every node; waits out the moment in which a deleted one is still going.</summary>
    public Task CreateTopicAsync(string topic, int partitions) => Eventually.IsAsync(
        async () =>
        {
            using var admin = Admin();
            try
            {
                await admin.CreateTopicsAsync(
                    [new TopicSpecification { Name = topic, NumPartitions = partitions, ReplicationFactor = (short)Nodes.Count }]);
                return true;
            }
            catch (CreateTopicsException fault) when (fault.Results[0].Error.Code is ErrorCode.TopicAlreadyExists
                or ErrorCode.RequestTimedOut or ErrorCode.Local_TimedOut)
            {
                return false;
            }
        },
        true,
        $"topic {topic}");

    /// <summary>Deletes a topic with all that is in it.</summary>
    public async Task DeleteTopicAsync(string topic)
    {
        using var admin = Admin();
        await admin.DeleteTopicsAsync([topic]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A client that administers.</summary>
    public IAdminClient Admin() =>
        new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers })
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

    private Task BecomesAsync(Func<Metadata, bool> expected, string what) => Patiently.UntilAsync(
        () => Task.Run(() => Ask(admin => expected(admin.GetMetadata(TimeSpan.FromSeconds(2))) ? "" : what) ?? what), Patience);

    private T? Ask<T>(Func<IAdminClient, T> question)
    {
        using var admin = Admin();
        try
        {
            return question(admin);
        }
        catch (KafkaException fault) when (!fault.Error.IsFatal)
        {
            return default;
        }
    }
}
