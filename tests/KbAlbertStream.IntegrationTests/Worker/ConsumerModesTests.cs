using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;

namespace KbAlbertStream.IntegrationTests.Worker;

/// <summary>Both protocols of a consumer group, each with and without static membership, on a real broker.</summary>
public sealed class ConsumerModesTests(KafkaFixture kafka, PostgresServers postgres)
{
    private const int Partitions = 4;

    [Theory]
    [InlineData("classic", false)]
    [InlineData("classic", true)]
    [InlineData("consumer", false)]
    [InlineData("consumer", true)]
    public async Task A_second_worker_comes_and_goes_and_nothing_is_lost_or_doubled(string protocol, bool isStatic)
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), Partitions);
        await using var first = await StartAsync(topics, database, protocol, isStatic ? "one" : null);
        await PublishAsync(topics, "a", 20);
        await Eventually.IsAsync(() => Rows.CountAsync(database), 20L, "rows of the first");

        await using (var second = await StartAsync(topics, database, protocol, isStatic ? "two" : null))
        {
            await Eventually.IsTrueAsync(() => Assigned(second) > 0, "partitions of the second");
            await PublishAsync(topics, "b", 40);
            await Eventually.IsAsync(() => Rows.CountAsync(database), 60L, "rows of both");
            Assert.Equal(ExitCode.Done, await second.StopAsync());
        }

        await PublishAsync(topics, "c", 20);
        await Eventually.IsAsync(() => Rows.CountAsync(database), 80L, "rows after the second went");

        Assert.Equal(80, (await Rows.IdsAsync(database)).Distinct().Count());
        Assert.Equal(ExitCode.Done, await first.StopAsync());
    }

    [Theory]
    [InlineData("classic")]
    [InlineData("consumer")]
    public async Task A_static_member_restarts_without_a_rebalance_of_the_others(string protocol)
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), Partitions);
        await using var first = await StartAsync(topics, database, protocol, "one", 30_000);
        await Eventually.IsTrueAsync(() => Assigned(first) == 2 * Partitions, "partitions of the first");
        var restarting = await StartAsync(topics, database, protocol, "two", 30_000);
        await Eventually.IsTrueAsync(() => Assigned(restarting) == Partitions, "half of the partitions");
        await Eventually.IsTrueAsync(() => Revoked(first) == Partitions, "the other half");
        var (assigned, revoked) = (Assigned(first), Revoked(first));

        await restarting.DisposeAsync();
        await using var again = await StartAsync(topics, database, protocol, "two", 30_000);
        await Eventually.IsTrueAsync(() => Assigned(again) == Partitions, "its partitions");
        await PublishAsync(topics, "a", 40);
        await Eventually.IsAsync(() => Rows.CountAsync(database), 40L, "rows");

        Assert.Equal((assigned, revoked), (Assigned(first), Revoked(first)));
    }

    [Theory]
    [InlineData("classic")]
    [InlineData("consumer")]
    public async Task Of_two_workers_with_one_instance_id_one_ends_and_says_why(string protocol)
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), Partitions);
        await using var first = await StartAsync(topics, database, protocol, "twin");
        await Eventually.IsTrueAsync(() => Assigned(first) == 2 * Partitions, "partitions of the first");
        await using var second = await StartAsync(topics, database, protocol, "twin");

        // Classic: the newcomer takes the name over. KIP-848: it is refused while the other lives.
        var (fenced, left) = protocol == "classic" ? (first, second) : (second, first);
        await fenced.Ended.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await PublishAsync(topics, "a", 20);
        await Eventually.IsAsync(() => Rows.CountAsync(database), 20L, "rows of the other");

        Assert.Equal(ExitCode.KafkaFatal, fenced.ExitCode);
        Assert.Contains(fenced.Logs.Lines, line => line.Contains("every worker needs its own", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Done, await left.StopAsync());
    }

    private static Task<TestWorker> StartAsync(
        TestTopics topics, PostgresDatabase database, string protocol, string? instance, int sessionTimeout = 3000)
    {
        var isClassic = protocol == "classic";
        return TestWorker.StartAsync(topics, database.ConnectionString, new()
        {
            ["Kafka:GroupProtocol"] = protocol,
            ["Kafka:Consumer:GroupInstanceId"] = instance,
            ["Kafka:Consumer:SessionTimeoutMs"] = isClassic ? $"{sessionTimeout}" : null,
            ["Kafka:Consumer:HeartbeatIntervalMs"] = isClassic ? "500" : null,
        });
    }

    private static int Assigned(TestWorker worker) => Count(worker, "is read from");

    private static int Revoked(TestWorker worker) => Count(worker, "is given back");

    private static int Count(TestWorker worker, string what) =>
        worker.Logs.Lines.Count(line => line.Contains(what, StringComparison.Ordinal));

    private static async Task PublishAsync(TestTopics topics, string prefix, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await topics.PublishAsync(topics.News, SomeMessages.News($"{prefix}{i}"), partition: i % Partitions);
        }
    }
}
