using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace KbAlbertStream.IntegrationTests.Worker.Positions;

/// <summary>Records that are deleted before they were read are a gap, once, and reading goes on.</summary>
public sealed class RetentionTests(KafkaFixture kafka, PostgresServers postgres)
{
    [Fact]
    public async Task Overtaken_while_no_worker_runs()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), partitions: 1);
        await using (var first = await TestWorker.StartAsync(topics, database.ConnectionString))
        {
            await SomeStream.PublishAsync(topics, 0, 5, poison: false);
            await Eventually.IsAsync(() => Rows.CountAsync(database), 5L, "rows before");
            Assert.Equal(ExitCode.Done, await first.StopAsync());
        }

        await SomeStream.PublishAsync(topics, 5, 15, poison: false);
        await topics.Broker.DeleteRecordsAsync(topics.News, 0, before: 12);
        for (var start = 0; start < 2; start++)
        {
            await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
            await Eventually.IsAsync(() => Rows.CountAsync(database), 13L, "rows after");
            Assert.Equal(
                start == 0, worker.Logs.Lines.Any(line => line.StartsWith("Error 1014 ", StringComparison.Ordinal)));
            Assert.Equal(ExitCode.Done, await worker.StopAsync());
        }

        Assert.Equal(["0|5|12|7|retention"], await Rows.GapsAsync(database));
    }

    [Fact]
    public async Task Overtaking_a_running_worker()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), partitions: 1);
        using var mayWrite = new SemaphoreSlim(0);
        await using var worker = await TestWorker.StartAsync(
            topics,
            database.ConnectionString,
            new()
            {
                ["Batching:MaxRecords"] = "2",
                ["Kafka:Consumer:fetch.max.bytes"] = "2000",
                ["Kafka:Consumer:message.max.bytes"] = "1000",
                ["Kafka:Consumer:max.partition.fetch.bytes"] = "1000",
                ["Kafka:Consumer:queued.min.messages"] = "1",
                ["Kafka:Consumer:queued.max.messages.kbytes"] = "1",
            },
            services => services.AddSingleton<WriteEvents>(provider => async (batch, token) =>
            {
                await mayWrite.WaitAsync(token);
                return await provider.GetRequiredService<EventWriter>().WriteAsync(batch, token);
            }));
        await SomeStream.PublishAsync(topics, 0, 100, poison: false);
        await Eventually.IsTrueAsync(() => worker.Logs.Lines.Any(line => line.Contains("is read from", StringComparison.Ordinal)
            && line.Contains(topics.News, StringComparison.Ordinal)), "the start");

        // The worker is stuck in its first write with a few records read ahead; the log is cut far behind them.
        await topics.Broker.DeleteRecordsAsync(topics.News, 0, before: 90);
        mayWrite.Release(1000);

        await Eventually.IsAsync(
            () => database.ScalarAsync<long>(
                $"SELECT coalesce(sum(next_offset), 0)::bigint FROM partition_progress WHERE topic = '{topics.News}'"),
            100L,
            "position");

        // What was read before is there, what was not is the gap, and together they are everything.
        var rows = await Rows.CountAsync(database);
        Assert.Equal([$"0|{rows - 10}|90|{100 - rows}|retention"], await Rows.GapsAsync(database));
        Assert.Equal(ExitCode.Done, await worker.StopAsync());
    }
}
