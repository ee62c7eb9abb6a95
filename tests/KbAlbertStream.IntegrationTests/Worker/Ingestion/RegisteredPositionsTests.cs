using System.Diagnostics.Metrics;
using Confluent.Kafka;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
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

        var starts = await LookUpAsync(database, topics.Broker.BootstrapServers, topics, Offset.Beginning, Partitions(topics));

        Assert.Equal(4, starts.Count);
        Assert.All(starts.Values, start => Assert.Equal(new StartPosition(0, 0), start));
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
        await StoreAsync(database, topics.News, next: 1, end: 1, epoch: 3);

        var starts = await LookUpAsync(
            database, topics.Broker.BootstrapServers, topics, Offset.End,
            new TopicPartition(topics.News, 0), new TopicPartition(topics.Complaints, 0));

        Assert.Equal(new StartPosition(1, 3), starts[new TopicPartition(topics.News, 0)]);
        Assert.Equal(
            [$"complaint|{topics.Complaints}|0|0|0|", $"news|{topics.News}|0|1|2|2026-03-02"], await ProgressAsync(database));
    }

    [Fact]
    public async Task A_partition_without_position_starts_at_the_end_where_that_is_asked_for()
    {
        await using var database = await servers.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await topics.PublishAsync(topics.News, "1", partition: 0);

        var starts = await LookUpAsync(
            database, topics.Broker.BootstrapServers, topics, Offset.End, new TopicPartition(topics.News, 0));

        Assert.Equal(1, Assert.Single(starts).Value.Offset);
    }

    [Fact]
    public async Task A_position_beyond_the_end_is_refused_for_as_long_as_nobody_accepts_it()
    {
        await using var database = await servers.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await topics.PublishAsync(topics.News, "1", partition: 0);
        await StoreAsync(database, topics.News, next: 2, end: 2);
        var partition = new TopicPartition(topics.News, 0);

        var before = await LookUpAsync(database, topics.Broker.BootstrapServers, topics, Offset.Beginning, partition);
        await topics.PublishAsync(topics.News, "2", partition: 0);
        await topics.PublishAsync(topics.News, "3", partition: 0);
        var after = await LookUpAsync(database, topics.Broker.BootstrapServers, topics, Offset.Beginning, partition);

        Assert.Equal(RefusalReason.BeyondEnd, Assert.Single(before).Value.Refusal);
        Assert.Equal(RefusalReason.BeyondEnd, Assert.Single(after).Value.Refusal);
        Assert.Equal(["2|beyond_end"], await database.RowsAsync("SELECT next_offset, refused FROM partition_progress"));
    }

    [Fact]
    public async Task A_partition_of_a_topic_that_does_not_exist_does_not_hold_up_the_others()
    {
        await using var database = await servers.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), partitions: 1);
        var options = new KafkaOptions
        {
            BootstrapServers = topics.Broker.BootstrapServers,
            NewsTopics = topics.News,
            ComplaintTopics = $"{topics.Complaints}-missing",
        };

        var starts = await LookUpAsync(
            database, options, Offset.Beginning,
            new TopicPartition(topics.News, 0), new TopicPartition($"{topics.Complaints}-missing", 0));

        Assert.Equal(new TopicPartition(topics.News, 0), Assert.Single(starts).Key);
    }

    [Fact]
    public async Task Without_a_broker_nothing_starts_and_nothing_is_stored()
    {
        await using var database = await servers.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);

        await Assert.ThrowsAnyAsync<KafkaException>(() => LookUpAsync(
            database, NoBroker, topics, Offset.Beginning, new TopicPartition(topics.News, 0)));

        Assert.Empty(await ProgressAsync(database));
    }

    private static TopicPartition[] Partitions(TestTopics topics) =>
    [
        new(topics.News, 0), new(topics.News, 1), new(topics.Complaints, 0), new(topics.Complaints, 1),
    ];

    private static Task StoreAsync(PostgresDatabase database, string topic, long next, long end, int epoch = 0) =>
        database.ExecuteAsync(
            $"""
            INSERT INTO partition_progress (topic, "partition", kind, next_offset, end_offset, epoch, max_occurred_at)
            VALUES ('{topic}', 0, 'news', {next}, {end}, {epoch}, '2026-03-02 00:00+00')
            """);

    private static Task<string[]> ProgressAsync(PostgresDatabase database) => database.RowsAsync(
        """
        SELECT kind, topic, "partition", next_offset, end_offset, coalesce((max_occurred_at AT TIME ZONE 'UTC')::date::text, '')
        FROM partition_progress ORDER BY topic, "partition"
        """);

    private static Task<IReadOnlyDictionary<TopicPartition, StartPosition>> LookUpAsync(
        PostgresDatabase database, string servers, TestTopics topics, Offset withoutPosition,
        params TopicPartition[] partitions) =>
        LookUpAsync(
            database,
            new KafkaOptions { BootstrapServers = servers, NewsTopics = topics.News, ComplaintTopics = topics.Complaints },
            withoutPosition,
            partitions);

    private static async Task<IReadOnlyDictionary<TopicPartition, StartPosition>> LookUpAsync(
        PostgresDatabase database, KafkaOptions options, Offset withoutPosition, params TopicPartition[] partitions)
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var metrics = new WorkerMetrics(services.GetRequiredService<IMeterFactory>(), new Progress(TimeProvider.System), TimeProvider.System);

        // A busy machine must not decide what is tested; the broker that is not there is given up at once.
        using var bounds = new PartitionBounds(
            options,
            KafkaProperties.Read(new ConfigurationBuilder().Build()),
            TimeSpan.FromSeconds(options.BootstrapServers == NoBroker ? 1 : 60));
        var positions = new RegisteredPositions(
            new PartitionProgressReader(database.Source),
            bounds,
            new PartitionRegistry(database.Source),
            new TopicNames(options),
            withoutPosition,
            metrics,
            TimeProvider.System,
            NullLogger<RegisteredPositions>.Instance);
        return await positions.LookUpAsync(partitions, TestContext.Current.CancellationToken);
    }
}
