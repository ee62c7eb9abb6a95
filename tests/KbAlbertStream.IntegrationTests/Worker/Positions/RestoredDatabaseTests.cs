using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;

namespace KbAlbertStream.IntegrationTests.Worker.Positions;

/// <summary>A database set back to an earlier state is refilled until it equals one that was never touched.</summary>
public sealed class RestoredDatabaseTests(KafkaFixture kafka, PostgresServers postgres)
{
    private const int Before = 30;
    private const int After = 40;
    private const int Later = 20;
    private const int Partitions = 2;

    [Fact]
    public async Task Restored_while_no_worker_runs()
    {
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), Partitions);
        await using var database = await postgres.NewDatabaseAsync();
        var backup = await FillAndBackUpAsync(topics, database);
        await RunAsync(topics, database, () => SomeStream.PublishAsync(topics, Before, After, Partitions), Before + After);

        await database.RestoreAsync(backup);
        await RunAsync(topics, database, () => Task.CompletedTask, Before + After);

        await AssertEqualsFullRunAsync(topics, database, Before + After);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Restored_under_a_running_worker(bool records)
    {
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), Partitions);
        await using var database = await postgres.NewDatabaseAsync();
        var backup = await FillAndBackUpAsync(topics, database);
        var total = Before + After + (records ? Later : 0);
        await using (var worker = await TestWorker.StartAsync(topics, database.ConnectionString))
        {
            await SomeStream.PublishAsync(topics, Before, After, Partitions);
            await DoneAsync(database, Before + After);

            // With records the next batch finds out, without any the watch does.
            await database.RestoreAsync(backup);
            await SomeStream.PublishAsync(topics, Before + After, total - Before - After, Partitions);

            await DoneAsync(database, total);
            Assert.Equal(ExitCode.Done, await worker.StopAsync());
            Assert.Contains(worker.Logs.Lines, line => line.Contains(" 1016 ", StringComparison.Ordinal));
        }

        await AssertEqualsFullRunAsync(topics, database, total);
    }

    [Fact]
    public async Task A_deleted_position_is_read_again_from_the_start()
    {
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await using var database = await postgres.NewDatabaseAsync();
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        await SomeStream.PublishAsync(topics, 0, Before);
        await DoneAsync(database, Before);

        await database.ExecuteAsync("DELETE FROM scored_events; DELETE FROM dead_letters; DELETE FROM partition_progress");

        await DoneAsync(database, Before);
    }

    private static async Task AssertEqualsFullRunAsync(TestTopics topics, PostgresDatabase database, PostgresDatabase full, int total)
    {
        await RunAsync(topics, full, () => Task.CompletedTask, total, "another-group");
        Assert.Equal(await Rows.ContentAsync(full), await Rows.ContentAsync(database));
        await Recount.AssertEqualsRollupsAsync(database);
    }

    private static async Task RunAsync(
        TestTopics topics, PostgresDatabase database, Func<Task> publish, int total, string? group = null)
    {
        await using var worker = await TestWorker.StartAsync(
            topics, database.ConnectionString, new() { ["Kafka:GroupId"] = group ?? topics.Group });
        await publish();
        await DoneAsync(database, total);
        Assert.Equal(ExitCode.Done, await worker.StopAsync());
    }

    /// <summary>Every record is a row or a dead letter, and the positions say so.</summary>
    private static Task DoneAsync(PostgresDatabase database, int total) => Eventually.IsAsync(
        async () =>
        {
            try
            {
                return await database.ScalarAsync<string>(
                    """
                    SELECT (SELECT count(*) FROM scored_events) + (SELECT count(*) FROM dead_letters) || ' records, at '
                        || (SELECT coalesce(sum(next_offset), 0) FROM partition_progress)
                    """);
            }
            catch (Npgsql.NpgsqlException)
            {
                return "away";
            }
        },
        $"{total} records, at {total}",
        "records and positions");

    private static async Task<string> FillAndBackUpAsync(TestTopics topics, PostgresDatabase database)
    {
        await RunAsync(topics, database, () => SomeStream.PublishAsync(topics, 0, Before, Partitions), Before);
        return await database.BackUpAsync();
    }

    private async Task AssertEqualsFullRunAsync(TestTopics topics, PostgresDatabase database, int total)
    {
        await using var full = await postgres.NewDatabaseAsync();
        await AssertEqualsFullRunAsync(topics, database, full, total);
    }
}
