using Confluent.Kafka;
using KbAlbertStream.IntegrationTests.Faults.Load;

namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>The topics of a world.</summary>
internal sealed class WorldTopics
{
    public const string News = "faults.news";
    public const string Complaints = "faults.complaints";
    public const string DeadLetterSuffix = ".dlq";

    public const int NewsPartitions = 3;
    private const int ComplaintPartitions = 2;

    private int _life = 1;

    /// <summary>Which life of the news topic this is; it may be deleted and made again.</summary>
    public int Life => Volatile.Read(ref _life);

    /// <summary>Every partition that workers read.</summary>
    public static IReadOnlyList<TopicPartition> Partitions { get; } =
    [
        .. Enumerable.Range(0, NewsPartitions).Select(i => new TopicPartition(News, i)),
        .. Enumerable.Range(0, ComplaintPartitions).Select(i => new TopicPartition(Complaints, i)),
    ];

    public static async Task CreateAsync(BrokerCluster brokers)
    {
        await brokers.CreateTopicAsync(News, NewsPartitions);
        await brokers.CreateTopicAsync(Complaints, ComplaintPartitions);
        await brokers.CreateTopicAsync(News + DeadLetterSuffix, 1);
        await brokers.CreateTopicAsync(Complaints + DeadLetterSuffix, 1);
    }

    /// <summary>Where a message goes.</summary>

    public static TopicPartition Of(Planned message) => message.IsNews
        ? new TopicPartition(News, message.Place % NewsPartitions)
        : new TopicPartition(Complaints, message.Place % ComplaintPartitions);

    /// <summary>Deletes the news topic and makes it again, empty.</summary>
    public async Task MakeNewsAgainAsync(BrokerCluster brokers)
    {
        await brokers.DeleteTopicAsync(News);
        await brokers.CreateTopicAsync(News, NewsPartitions);
        Interlocked.Increment(ref _life);
    }
}
