using System.Text;
using Confluent.Kafka;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Worker;

public sealed class DeadLetterTests(KafkaFixture kafka, PostgresServers postgres)
{
    [Fact]
    public async Task A_poison_record_becomes_a_dead_letter_with_its_original_and_the_rest_goes_on()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        byte[] key = [0xff, 0x00], value = [0xc3, 0x28];
        var at = new Timestamp(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc));
        var headers = new Headers { { "trace", [0xfe] }, { "x-kbas-reason", "old"u8.ToArray() } };

        await topics.PublishAsync(topics.News, SomeMessages.News("n1"));
        var sent = await topics.PublishAsync(topics.News, value, headers: headers, key: key, timestamp: at);
        await topics.PublishAsync(topics.News, SomeMessages.News("n2"));

        await Eventually.IsAsync(() => Rows.CountAsync(database), 2L, "rows");
        await Eventually.IsAsync(() => Rows.DeadLettersAsync(database), 1L, "dead letters");
        Assert.Equal(
            [$"news|{topics.News}|0|{sent.Offset.Value}|invalid_json"],
            await database.RowsAsync("""SELECT kind, topic, "partition", "offset", reason FROM dead_letters"""));
        var letter = Assert.Single(topics.ReadAll($"{topics.News}.dlq", 1)).Message;
        Assert.Equal(key, letter.Key);
        Assert.Equal(value, letter.Value);
        Assert.Equal(at.UnixTimestampMs, letter.Timestamp.UnixTimestampMs);
        Assert.Equal([0xfe], letter.Headers.GetLastBytes("trace"));
        Assert.Equal(topics.News, Text(letter, "__connect.errors.topic"));
        Assert.Equal("0", Text(letter, "__connect.errors.partition"));
        Assert.Equal("1", Text(letter, "__connect.errors.offset"));
        Assert.Equal("VALUE_CONVERTER", Text(letter, "__connect.errors.stage"));
        Assert.EndsWith("MessageParser", Text(letter, "__connect.errors.class.name"), StringComparison.Ordinal);
        Assert.EndsWith("InvalidJson", Text(letter, "__connect.errors.exception.class.name"), StringComparison.Ordinal);
        Assert.Equal("invalid_json", Text(letter, "x-kbas-reason"));
        Assert.DoesNotContain(letter.Headers, header => header.Key.EndsWith("message", StringComparison.Ordinal)
            || header.Key.EndsWith("stacktrace", StringComparison.Ordinal));
        Assert.Single(letter.Headers, header => header.Key == "x-kbas-reason");
    }

    [Theory]
    [InlineData(null, "no_value")]
    [InlineData("[1]", "not_an_object")]
    [InlineData("""{"id":"x"}""", "missing_field")]
    [InlineData("""{"id":"a\u0000b","publisher":"p","title":"t","published_at":"2026-03-02T09:00:00Z"}""", "invalid_text")]
    [InlineData("""{"id":"a","publisher":"p","title":"\ud800","published_at":"2026-03-02T09:00:00Z"}""", "invalid_text")]
    [InlineData("""{"id":"a","publisher":"p","title":"t","published_at":"yesterday"}""", "invalid_time")]
    [InlineData("""{"id":"a","publisher":"p","title":"t","published_at":"1999-01-01T00:00:00Z"}""", "time_out_of_range")]
    public async Task Every_way_to_be_bad_has_its_reason_and_stops_nothing(string? value, string reason)
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        await topics.PublishAsync(topics.News, value);
        await topics.PublishAsync(topics.News, SomeMessages.News("n1"));

        await Eventually.IsAsync(() => Rows.CountAsync(database), 1L, "rows");
        Assert.Equal([reason], await database.RowsAsync("SELECT reason FROM dead_letters"));
    }

    [Fact]
    public async Task A_record_that_the_database_refuses_is_found_among_the_others()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        for (var i = 0; i < 20; i++)
        {
            await topics.PublishAsync(topics.News, SomeMessages.News(i == 13 ? "refused" : $"n{i:00}"));
        }

        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString, adjust: services =>
            services.AddSingleton<WriteEvents>(provider => (batch, token) =>
                batch.Events.Any(scored => scored.Message.ExternalId == "refused")
                    ? throw new PostgresException("value too long", "ERROR", "ERROR", "22001")
                    : provider.GetRequiredService<EventWriter>().WriteAsync(batch, token)));

        await Eventually.IsAsync(() => Rows.DeadLettersAsync(database), 1L, "dead letters");
        await Eventually.IsAsync(() => Rows.CountAsync(database), 19L, "rows");
        Assert.Equal(
            ["13|refused_by_database|22001"],
            await database.RowsAsync("""SELECT "offset", reason, detail FROM dead_letters"""));
        var letter = Assert.Single(topics.ReadAll($"{topics.News}.dlq", 1)).Message;
        Assert.Equal("TASK_PUT", Text(letter, "__connect.errors.stage"));
        Assert.Contains("refused", Encoding.UTF8.GetString(letter.Value), StringComparison.Ordinal);
        Assert.Equal(
            20,
            await database.ScalarAsync<long>(
                $"SELECT next_offset FROM partition_progress WHERE topic = '{topics.News}'"));
    }

    [Fact]
    public async Task A_letter_that_is_too_large_for_its_topic_goes_without_its_value()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(
            await kafka.GetRealAsync(), 1, new Dictionary<string, string> { ["max.message.bytes"] = "2000" });
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        await topics.PublishAsync(topics.News, new string('x', 5000), key: [7]);

        await Eventually.IsAsync(() => Rows.DeadLettersAsync(database), 1L, "dead letters");
        var letter = Assert.Single(topics.ReadAll($"{topics.News}.dlq", 1)).Message;
        Assert.Null(letter.Value);
        Assert.Equal([7], letter.Key);
        Assert.Equal("true", Text(letter, "x-kbas-value-omitted"));
    }

    [Fact]
    public async Task A_letter_whose_time_its_topic_refuses_goes_with_the_time_in_a_header()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(
            await kafka.GetRealAsync(), 1, new Dictionary<string, string> { ["message.timestamp.before.max.ms"] = "60000" });
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        var old = new Timestamp(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc));
        await topics.PublishAsync(topics.News, "1", timestamp: old);
        await topics.PublishAsync(topics.News, "2");

        await Eventually.IsAsync(() => Rows.DeadLettersAsync(database), 2L, "dead letters");
        var letter = topics.ReadAll($"{topics.News}.dlq", 2).Select(record => record.Message)
            .Single(message => message.Value is [(byte)'1']);
        Assert.Equal($"{old.UnixTimestampMs}", Text(letter, "x-kbas-original-timestamp"));
    }

    private static string Text(Message<byte[], byte[]> message, string header) =>
        Encoding.UTF8.GetString(message.Headers.GetLastBytes(header));
}
