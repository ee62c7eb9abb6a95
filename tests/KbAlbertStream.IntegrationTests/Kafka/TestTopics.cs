using System.Text;
using Confluent.Kafka;

namespace KbAlbertStream.IntegrationTests.Kafka;

/// <summary>The topics of one test, with names that no other test has.</summary>
internal sealed class TestTopics : IDisposable
{
    // The broker's own retention would delete what a test dates a year back, at a time of its choosing.
    private static readonly Dictionary<string, string> KeepsAll = new() { ["retention.ms"] = "-1" };

    private static int _count;

    private readonly IProducer<byte[], byte[]> _producer;

    private TestTopics(TestBroker broker, string suffix)
    {
        Broker = broker;
        Group = $"group-{suffix}";
        News = $"news-{suffix}";
        Complaints = $"complaints-{suffix}";
        _producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = broker.BootstrapServers,
            LingerMs = 0,
            Partitioner = Partitioner.Murmur2Random,
        }).SetLogHandler((_, _) => { }).Build();
    }

    public TestBroker Broker { get; }

    public string Group { get; }

    public string News { get; }

    public string Complaints { get; }

    public static async Task<TestTopics> CreateAsync(
        TestBroker broker, int partitions = 2, Dictionary<string, string>? deadLetterSettings = null)
    {
        var topics = new TestTopics(
            broker, $"{Environment.ProcessId}-{Environment.TickCount64}-{Interlocked.Increment(ref _count)}");
        foreach (var topic in new[] { topics.News, topics.Complaints })
        {
            await broker.CreateTopicAsync(topic, partitions, KeepsAll);
            await broker.CreateTopicAsync($"{topic}.dlq", 1, new(deadLetterSettings ?? []) { ["retention.ms"] = "-1" });
        }

        return topics;
    }

    /// <summary>Publishes a value and returns when the broker has it.</summary>
    public Task<DeliveryResult<byte[], byte[]>> PublishAsync(
        string topic, string? value, int? partition = null, Headers? headers = null, byte[]? key = null,
        Timestamp timestamp = default) =>
        PublishAsync(topic, value is null ? null : Encoding.UTF8.GetBytes(value), partition, headers, key, timestamp);

    public Task<DeliveryResult<byte[], byte[]>> PublishAsync(
        string topic, byte[]? value, int? partition = null, Headers? headers = null, byte[]? key = null,
        Timestamp timestamp = default) =>
        _producer.ProduceAsync(
            new TopicPartition(topic, partition is { } number ? new Partition(number) : Partition.Any),
            new Message<byte[], byte[]> { Key = key!, Value = value!, Headers = headers, Timestamp = timestamp });

    /// <summary>Reads a topic from its start until it has this many records.</summary>
    public List<ConsumeResult<byte[], byte[]>> ReadAll(string topic, int count)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = Broker.BootstrapServers,
            GroupId = $"{Group}-reader",
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
        }).SetLogHandler((_, _) => { }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        var records = new List<ConsumeResult<byte[], byte[]>>();
        while (records.Count < count && consumer.Consume(TimeSpan.FromSeconds(20)) is { } record)
        {
            records.Add(record);
        }

        consumer.Close();
        return records;
    }

    /// <summary>The offset that the group has committed; -1 for none.</summary>
    public long Committed(string topic, int partition)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = Broker.BootstrapServers,
            GroupId = Group,
        }).SetLogHandler((_, _) => { }).Build();
        var committed = consumer.Committed([new TopicPartition(topic, partition)], TimeSpan.FromSeconds(20));
        return committed[0].Offset.IsSpecial ? -1 : committed[0].Offset.Value;
    }

    public void Dispose() => _producer.Dispose();
}
