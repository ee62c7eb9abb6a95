using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace KbAlbertStream.IntegrationTests.Worker;

public sealed class ReplayTests(KafkaFixture kafka, PostgresServers postgres)
{
    private const int Messages = 30;

    [Fact]
    public async Task Promise_1_an_offset_is_committed_only_after_its_rows_are_durable()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        var writing = new TaskCompletionSource();
        var mayWrite = new TaskCompletionSource();
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString, adjust: services =>
            services.AddSingleton<WriteEvents>(provider => async (batch, token) =>
            {
                writing.TrySetResult();
                await mayWrite.Task.WaitAsync(token);
                return await provider.GetRequiredService<EventWriter>().WriteAsync(batch, token);
            }));
        await topics.PublishAsync(topics.News, SomeMessages.News("n1"));
        await writing.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal(-1, topics.Committed(topics.News, 0));
        Assert.Equal(0, await database.ScalarAsync<long>(
            "SELECT coalesce(sum(next_offset), 0)::bigint FROM partition_progress"));
        mayWrite.SetResult();

        await Eventually.IsAsync(() => Task.FromResult(topics.Committed(topics.News, 0)), 1L, "committed offset");
        Assert.Equal(1, await Rows.CountAsync(database));
    }

    [Fact]
    public async Task Promise_1_a_restored_database_is_refilled_from_Kafka()
    {
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        await using (var lost = await postgres.NewDatabaseAsync())
        {
            await FillAsync(topics, lost, Messages);
        }

        // The group's offsets in Kafka stand at the end of the log; the restored database knows nothing of it.
        await using var restored = await postgres.NewDatabaseAsync();
        await using var worker = await TestWorker.StartAsync(topics, restored.ConnectionString);

        await Eventually.IsAsync(() => Rows.CountAsync(restored), (long)Messages, "rows");
    }

    [Fact]
    public async Task Promise_2_replaying_inserts_no_rows_and_changes_none()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        await topics.PublishAsync(topics.News, "no json");
        await FillAsync(topics, database, Messages);
        var before = await Rows.VersionsAsync(database);

        await database.ExecuteAsync("DELETE FROM partition_progress");
        await using (var worker = await TestWorker.StartAsync(topics, database.ConnectionString))
        {
            await Eventually.IsAsync(
                () => database.ScalarAsync<long>("SELECT coalesce(sum(next_offset), 0)::bigint FROM partition_progress"),
                Messages + 1L,
                "positions");
        }

        Assert.Equal(Messages + 1, before.Count(row => !row.StartsWith("rollup", StringComparison.Ordinal)));
        Assert.Equal(before, await Rows.VersionsAsync(database));
    }

    [Fact]
    public async Task A_crash_between_write_and_commit_loses_and_doubles_nothing()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await using (var worker = await TestWorker.StartAsync(topics, database.ConnectionString, adjust: services =>
            services.AddSingleton<WriteEvents>(provider => async (batch, token) =>
            {
                await provider.GetRequiredService<EventWriter>().WriteAsync(batch, token);
                throw new InvalidTimeZoneException("crashed after the write");
            })))
        {
            await topics.PublishAsync(topics.News, SomeMessages.News("n1"));
            await worker.Ended.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            Assert.Equal(ExitCode.Unexpected, worker.ExitCode);
        }

        Assert.Equal(-1, topics.Committed(topics.News, 0));
        await topics.PublishAsync(topics.News, SomeMessages.News("n2"));
        await using var next = await TestWorker.StartAsync(topics, database.ConnectionString);
        await Eventually.IsAsync(() => Rows.CountAsync(database), 2L, "rows");
        Assert.Equal(["n1", "n2"], await Rows.IdsAsync(database));
    }

    private static async Task FillAsync(TestTopics topics, PostgresDatabase database, int messages)
    {
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        await Task.WhenAll(Enumerable.Range(0, messages).Select(i => topics.PublishAsync(
            topics.Complaints, SomeMessages.Complaint($"c{i}", $"개인정보 유출 {i}", "kb_bank"))));
        await Eventually.IsAsync(() => Rows.CountAsync(database), (long)messages, "rows");
        Assert.Equal(ExitCode.Done, await worker.StopAsync());
    }
}
