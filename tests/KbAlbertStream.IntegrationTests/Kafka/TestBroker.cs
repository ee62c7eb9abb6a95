using Confluent.Kafka;
using Confluent.Kafka.Admin;
using KbAlbertStream.IntegrationTests.Support;

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
        using var admin = Admin();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = partitions, Configs = settings ?? [] }]);
    }

    /// <summary>Deletes a topic with all that is in it, and returns when the brokers have forgotten it.</summary>
    public async Task DeleteTopicAsync(string topic)
    {
        using var admin = Admin();
        await admin.DeleteTopicsAsync([topic]);
        await Eventually.IsTrueAsync(
            () => admin.GetMetadata(TimeSpan.FromSeconds(20)).Topics.TrueForAll(known => known.Topic != topic),
            "the topic is gone");
    }

    /// <summary>Deletes the records before an offset, as retention does.</summary>
    public async Task DeleteRecordsAsync(string topic, int partition, long before)
    {
        using var admin = Admin();
        await admin.DeleteRecordsAsync([new TopicPartitionOffset(topic, partition, before)]);
    }

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();

    private IAdminClient Admin() =>
        new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers })
            .SetLogHandler((_, _) => { }).Build();
}
