using KbAlbertStream.Demo.Kafka;
using KbAlbertStream.Worker.Configuration;

namespace KbAlbertStream.Demo.Running;

/// <summary>The broker of a demo: the configured one, else one inside this process.</summary>
internal sealed class DemoBroker : IDisposable
{
    // Enough that records of one topic really come over several partitions.
    private const int Partitions = 3;

    private readonly LocalKafka? _local;

    private DemoBroker(string bootstrapServers, LocalKafka? local)
    {
        BootstrapServers = bootstrapServers;
        _local = local;
    }

    /// <summary>What clients connect to.</summary>
    public string BootstrapServers { get; }

    /// <summary>Starts one with the topics of the options, unless <paramref name="configured"/> names another.</summary>
    public static DemoBroker Start(string? configured, KafkaOptions topics)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            return new DemoBroker(configured, null);
        }

        var local = LocalKafka.Start();
        var names = new TopicNames(topics);
        foreach (var topic in names.All)
        {
            local.CreateTopic(topic, Partitions);
        }

        foreach (var topic in names.DeadLetters)
        {
            local.CreateTopic(topic, 1);
        }

        return new DemoBroker(local.BootstrapServers, local);
    }

    /// <inheritdoc />
    public void Dispose() => _local?.Dispose();
}
