using System.Text;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;

namespace KbAlbertStream.IntegrationTests.Worker;

/// <summary>Through Kafka: texts that come again, tombstones, and values as Confluent's serializers write them.</summary>
public sealed class WithdrawalTests(KafkaFixture kafka, PostgresServers postgres)
{
    [Fact]
    public async Task A_tombstone_and_a_deleted_message_take_their_texts_back()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        await topics.PublishAsync(topics.News, SomeMessages.News("n1", "KB국민은행 고객정보 유출"));
        await topics.PublishAsync(topics.News, SomeMessages.News("010-1234-5678", "신한은행 고객정보 유출"));
        await topics.PublishAsync(topics.Complaints, SomeMessages.Complaint("c1", "정보 유출", "KB국민은행"));
        await Eventually.IsAsync(() => Rows.CountAsync(database), 3L, "rows");
        Assert.Equal(3L, await database.ScalarAsync<long>(
            "SELECT sum(texts) FROM reputation_rollup WHERE category = 'all'"));

        await topics.PublishAsync(topics.News, (byte[]?)null, key: "n1"u8.ToArray());
        await topics.PublishAsync(topics.News, (byte[]?)null, key: "010-1234-5678"u8.ToArray());
        await topics.PublishAsync(topics.Complaints, """{"id":"c1","deleted":true}""");
        await topics.PublishAsync(topics.News, (byte[]?)null);
        await topics.PublishAsync(topics.News, (byte[]?)null, key: [0xFF]);

        await Eventually.IsAsync(
            () => database.ScalarAsync<long>("SELECT count(*) FROM withdrawals"), 3L, "withdrawals");
        await Eventually.IsAsync(() => Rows.DeadLettersAsync(database), 2L, "dead letters");
        Assert.Empty(await Recount.StoredAsync(database));
        Assert.Empty(await database.RowsAsync("SELECT * FROM v_events"));
        Assert.Equal(
            ["no_value|", "no_value|key"], await database.RowsAsync("SELECT reason, detail FROM dead_letters ORDER BY 1, 2 NULLS FIRST"));
        Assert.Empty(await database.RowsAsync("SELECT * FROM withdrawals WHERE external_id LIKE '%1234%'"));
        Assert.Equal(ExitCode.Done, await worker.StopAsync());
    }

    [Fact]
    public async Task A_version_that_comes_later_is_the_one_that_is_shown_and_counted()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        await topics.PublishAsync(topics.News, SomeMessages.News("n1", "KB국민은행 고객정보 유출"));
        await topics.PublishAsync(topics.News, SomeMessages.News("n1", "KB국민은행 금리 인하"));

        await Eventually.IsAsync(() => Rows.CountAsync(database), 2L, "rows");

        Assert.Equal(["KB국민은행 금리 인하"], await database.RowsAsync("SELECT title FROM v_events"));
        Assert.Empty(await Recount.StoredAsync(database));
    }

    [Fact]
    public async Task A_value_behind_the_frame_of_a_schema_registry_is_read()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);

        await topics.PublishAsync(
            topics.News, [0, 0, 0, 0xC3, 0x28, .. Encoding.UTF8.GetBytes(SomeMessages.News("framed"))]);
        await topics.PublishAsync(topics.News, [0, 0, 0, 0, 7, 8, 9]);

        await Eventually.IsAsync(() => Rows.CountAsync(database), 1L, "rows");
        await Eventually.IsAsync(() => Rows.DeadLettersAsync(database), 1L, "dead letters");
        Assert.Equal(["framed"], await Rows.IdsAsync(database));
        Assert.Equal(["invalid_json"], await database.RowsAsync("SELECT reason FROM dead_letters"));
    }
}
