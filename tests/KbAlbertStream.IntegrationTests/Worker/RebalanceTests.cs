using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;

namespace KbAlbertStream.IntegrationTests.Worker;

public sealed class RebalanceTests(KafkaFixture kafka, PostgresServers postgres)
{
    [Fact]
    public async Task Two_workers_that_come_and_go_lose_and_double_nothing()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 4);
        using var publishing = new CancellationTokenSource();
        var published = PublishUntilAsync(topics, publishing.Token);

        await using var first = await TestWorker.StartAsync(topics, database.ConnectionString);
        await Eventually.IsAsync(() => Rows.CountAsync(database), count => count > 20, "rows of the first");
        await using (var second = await TestWorker.StartAsync(topics, database.ConnectionString))
        {
            await Eventually.IsTrueAsync(() => Owns(second), "partitions of the second");
            var before = await Rows.CountAsync(database);
            await Eventually.IsAsync(() => Rows.CountAsync(database), count => count > before + 20, "rows of both");
            Assert.Equal(ExitCode.Done, await second.StopAsync());
        }

        await publishing.CancelAsync();
        var count = await published;
        await Eventually.IsAsync(() => Rows.CountAsync(database), (long)count, "rows");
        Assert.Equal(count, (await Rows.IdsAsync(database)).Distinct().Count());
    }

    [Fact]
    public async Task The_new_group_protocol_works_too()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync());
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString, new()
        {
            ["Kafka:GroupProtocol"] = "consumer",
            ["Kafka:Consumer:SessionTimeoutMs"] = null,
            ["Kafka:Consumer:HeartbeatIntervalMs"] = null,
        });
        await topics.PublishAsync(topics.News, SomeMessages.News("n1"));

        await Eventually.IsAsync(() => Rows.CountAsync(database), 1L, "rows");
        Assert.Equal(ExitCode.Done, await worker.StopAsync());
    }

    private static bool Owns(TestWorker worker) =>
        worker.Logs.Lines.Any(line => line.Contains("is read from", StringComparison.Ordinal));

    private static async Task<int> PublishUntilAsync(TestTopics topics, CancellationToken enough)
    {
        var count = 0;
        while (!enough.IsCancellationRequested)
        {
            await topics.PublishAsync(topics.News, SomeMessages.News($"n{count}"), partition: count % 4);
            count++;

            // A steady trickle: an embedded broker keeps only so much.
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }

        return count;
    }
}
