using System.Text;
using Confluent.Kafka;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;

namespace KbAlbertStream.IntegrationTests.Worker;

public sealed class EndOfLogTests(KafkaFixture kafka, PostgresServers postgres)
{
    [Fact]
    public async Task A_log_that_ends_with_a_transaction_marker_counts_as_read_to_its_end()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), partitions: 1);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = topics.Broker.BootstrapServers,
            TransactionalId = topics.Group,
        }).SetLogHandler((_, _) => { }).Build();
        producer.InitTransactions(TimeSpan.FromSeconds(30));
        producer.BeginTransaction();
        producer.Produce(topics.News, Message("kept"));
        producer.CommitTransaction();
        producer.BeginTransaction();
        producer.Produce(topics.News, Message("aborted"));
        producer.Flush(TimeSpan.FromSeconds(30));
        producer.AbortTransaction();

        // A record and a marker each: the log ends at 4, and the last three offsets hold nothing to read.
        await Eventually.IsAsync(
            () => database.RowsAsync(
                $"SELECT next_offset, end_offset FROM partition_progress WHERE topic = '{topics.News}'"),
            rows => rows is ["4|4"],
            "position");
        Assert.Equal(["kept"], await Rows.IdsAsync(database));
    }

    [Fact]
    public async Task A_topic_that_is_made_later_is_read_then_and_holds_up_no_other()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync());
        var later = $"{topics.News}-later";
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString, new()
        {
            ["Kafka:NewsTopics"] = $"{topics.News},{later}",
            ["Kafka:Consumer:TopicMetadataRefreshIntervalMs"] = "1000",
        });
        await topics.PublishAsync(topics.News, SomeMessages.News("first"));
        await Eventually.IsAsync(() => Rows.CountAsync(database), 1L, "rows of the topic that is there");
        Assert.Contains(worker.Logs.Lines, line => line.Contains(" 3008 ", StringComparison.Ordinal)
            && line.Contains(later, StringComparison.Ordinal));

        await topics.Broker.CreateTopicAsync(later, 1);
        await topics.PublishAsync(later, SomeMessages.News("second"));

        await Eventually.IsAsync(() => Rows.CountAsync(database), 2L, "rows of both");
    }

    private static Message<byte[], byte[]> Message(string id) => new() { Value = Encoding.UTF8.GetBytes(SomeMessages.News(id)) };
}
