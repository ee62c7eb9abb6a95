using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;

namespace KbAlbertStream.IntegrationTests.Worker.Positions;

/// <summary>A topic deleted and created again: nothing of the new log is mistaken for the old one.</summary>
public sealed class RecreatedTopicTests(KafkaFixture kafka, PostgresServers postgres)
{
    [Fact]
    public async Task Created_again_before_the_start_it_is_refused_until_an_operator_accepts_it()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), partitions: 1);
        await using (var first = await TestWorker.StartAsync(topics, database.ConnectionString))
        {
            await SomeStream.PublishAsync(topics, 0, 5, poison: false);
            await Eventually.IsAsync(() => Rows.CountAsync(database), 5L, "rows of the old log");
            Assert.Equal(ExitCode.Done, await first.StopAsync());
        }

        // The new log is longer than the old position: only the topic's id tells them apart.
        await RecreateAsync(topics);
        await SomeStream.PublishAsync(topics, 100, 12, poison: false);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);

        await AssertRefusedAsync(worker, topics);
        await topics.PublishAsync(topics.Complaints, SomeMessages.Complaint("c1"));
        await Eventually.IsAsync(() => Rows.CountAsync(database), 6L, "rows with one of another partition");
        await AcceptAsync(topics, database);

        await Eventually.IsAsync(() => Rows.CountAsync(database), 18L, "rows of both logs");
        await Eventually.IsAsync(() => ReadyAsync(worker), text => text.Contains("\"ready\"", StringComparison.Ordinal), "/readyz");
    }

    [Theory]
    [InlineData("classic", 3)]
    [InlineData("classic", 20)]
    [InlineData("consumer", 3)]
    [InlineData("consumer", 20)]
    public async Task Created_again_under_a_running_worker_it_is_refused_too(string protocol, int records)
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), partitions: 1);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString, protocol == "classic" ? null : new()
        {
            ["Kafka:GroupProtocol"] = protocol,
            ["Kafka:Consumer:SessionTimeoutMs"] = null,
            ["Kafka:Consumer:HeartbeatIntervalMs"] = null,
        });
        await SomeStream.PublishAsync(topics, 0, 10, poison: false);
        await Eventually.IsAsync(() => Rows.CountAsync(database), 10L, "rows of the old log");

        await RecreateAsync(topics);
        await SomeStream.PublishAsync(topics, 100, records, poison: false);
        await AssertRefusedAsync(worker, topics);
        await AcceptAsync(topics, database);

        await Eventually.IsAsync(() => Rows.CountAsync(database), 10L + records, "rows of both logs");
        await topics.PublishAsync(topics.News, SomeMessages.News("last"));
        await Eventually.IsAsync(() => Rows.CountAsync(database), 11L + records, "rows of both logs and one more");
        Assert.Empty(await Rows.GapsAsync(database));
    }

    private static async Task RecreateAsync(TestTopics topics)
    {
        await topics.Broker.DeleteTopicAsync(topics.News);
        await topics.Broker.CreateTopicAsync(topics.News, 1);
    }

    private static async Task AssertRefusedAsync(TestWorker worker, TestTopics topics)
    {
        await Eventually.IsAsync(
            () => ReadyAsync(worker),
            text => text.Contains($"{topics.News}[0]: topic_recreated", StringComparison.Ordinal),
            "/readyz");
        Assert.Contains(worker.Logs.Lines, line => line.StartsWith("Error 1015 ", StringComparison.Ordinal)
            && line.Contains($"reset-position --topic {topics.News} --partition 0 --to earliest", StringComparison.Ordinal));
        using var http = worker.Http;
        Assert.Contains(
            "kbas_partitions_refused", await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    private static async Task<string> ReadyAsync(TestWorker worker)
    {
        using var http = worker.Http;
        using var response = await http.GetAsync(new Uri("/readyz", UriKind.Relative), TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    // What the log says to do.
    private static async Task AcceptAsync(TestTopics topics, PostgresDatabase database)
    {
        await using var command = await WorkerProcess.RunAsync(
            TestWorker.Settings(topics, database.ConnectionString),
            ["reset-position", "--topic", topics.News, "--partition", "0", "--to", "earliest", "--yes"]);
        Assert.True(command.ExitCode == (int)ExitCode.Done, command.Errors);
    }
}
