using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace KbAlbertStream.IntegrationTests.Kafka;

/// <summary>A broker that tests may use.</summary>
/// <param name="BootstrapServers">What clients connect to.</param>
/// <param name="Description">What it is, for the log of a test run.</param>
/// <param name="IsReal">False for librdkafka's mock cluster.</param>
internal abstract record TestBroker(string BootstrapServers, string Description, bool IsReal) : IAsyncDisposable
{
    /// <summary>Makes a topic.</summary>
    public virtual async Task CreateTopicAsync(string topic, int partitions, Dictionary<string, string>? settings = null)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers })
            .SetLogHandler((_, _) => { }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = partitions, Configs = settings ?? [] }]);
    }

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}
