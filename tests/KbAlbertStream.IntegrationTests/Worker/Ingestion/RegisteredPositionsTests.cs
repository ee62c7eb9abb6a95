using Confluent.Kafka;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace KbAlbertStream.IntegrationTests.Worker.Ingestion;

public sealed class RegisteredPositionsTests(PostgresServers servers, KafkaFixture kafka)
{
    private const string NoBroker = "127.0.0.1:1";

    [Fact]
    public async Task Partitions_are_known_with_their_ends_before_a_record_is_read()
    {
        await using var database = await servers.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 2);
        await topics.PublishAsync(topics.News, "1", partition: 0);
        await topics.PublishAsync(topics.News, "2", partition: 0);
        await topics.PublishAsync(topics.Complaints, "3", partition: 1);

        var positions = await LookupOf(database, topics.Broker.BootstrapServers, topics, Offset.Beginning).LookUpAsync(
            Partitions(topics), default);

        Assert.Empty(positions);
        Assert.Equal(
            [$"complaint|{topics.Complaints}|0|0|0|", $"complaint|{topics.Complaints}|1|0|1|",
                $"news|{topics.News}|0|0|2|", $"news|{topics.News}|1|0|0|"],
            await ProgressAsync(database));
    }

    [Fact]
    public async Task A_stored_position_stays_and_its_end_moves()
    {
        await using var database = await servers.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await topics.PublishAsync(topics.News, "1", partition: 0);
        await topics.PublishAsync(topics.News, "2", partition: 0);
        await database.ExecuteAsync(
            $"INSERT INTO partition_progress VALUES ('{topics.News}', 0, 'news', 1, 1, '2026-03-02 00:00+00')");

        var positions = await LookupOf(database, topics.Broker.BootstrapServers, topics, Offset.End).LookUpAsync(
            [new TopicPartition(topics.News, 0), new TopicPartition(topics.Complaints, 0)], default);

        Assert.Equal(1, Assert.Single(positions).Value);
        Assert.Equal(
            [$"complaint|{topics.Complaints}|0|0|0|", $"news|{topics.News}|0|1|2|2026-03-02"], await ProgressAsync(database));
    }

    [Fact]
    public async Task Without_a_broker_the_stored_positions_are_still_there()
    {
        await using var database = await servers.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await database.ExecuteAsync(
            $"INSERT INTO partition_progress VALUES ('{topics.News}', 0, 'news', 7, 9, NULL)");

        var positions = await LookupOf(database, NoBroker, topics, Offset.Beginning).LookUpAsync(
            [new TopicPartition(topics.News, 0)], default);

        Assert.Equal(7, Assert.Single(positions).Value);
    }

    private static TopicPartition[] Partitions(TestTopics topics) =>
    [
        new(topics.News, 0), new(topics.News, 1), new(topics.Complaints, 0), new(topics.Complaints, 1),
    ];

    private static Task<string[]> ProgressAsync(PostgresDatabase database) => database.RowsAsync(
        """
        SELECT kind, topic, "partition", next_offset, end_offset, coalesce((max_occurred_at AT TIME ZONE 'UTC')::date::text, '')
        FROM partition_progress ORDER BY topic, "partition"
        """);

    private static RegisteredPositions LookupOf(
        PostgresDatabase database, string servers, TestTopics topics, Offset withoutPosition)
    {
        var options = new KafkaOptions
        {
            BootstrapServers = servers,
            NewsTopics = topics.News,
            ComplaintTopics = topics.Complaints,
        };
        return new RegisteredPositions(
            StoredPositions.LookupOf(new PartitionProgressReader(database.Source)),
            // A busy machine must not decide what is tested; the broker that is not there is given up at once.
            new PartitionBounds(
                options,
                KafkaProperties.Read(new ConfigurationBuilder().Build()),
                TimeSpan.FromSeconds(servers == NoBroker ? 1 : 60)),
            new PartitionRegistry(database.Source),
            new TopicNames(options),
            withoutPosition,
            NullLogger<RegisteredPositions>.Instance);
    }
}
