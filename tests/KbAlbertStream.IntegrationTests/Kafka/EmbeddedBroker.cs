using KbAlbertStream.Demo.Kafka;

namespace KbAlbertStream.IntegrationTests.Kafka;

/// <summary>librdkafka's mock cluster in this process.</summary>
internal sealed record EmbeddedBroker(LocalKafka Kafka)
    : TestBroker(Kafka.BootstrapServers, "the embedded mock cluster", false)
{
    public override Task CreateTopicAsync(string topic, int partitions, Dictionary<string, string>? settings = null)
    {
        Kafka.CreateTopic(topic, partitions);
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        Kafka.Dispose();
        return ValueTask.CompletedTask;
    }
}
