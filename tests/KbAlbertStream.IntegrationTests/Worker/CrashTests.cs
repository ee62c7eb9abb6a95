using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;

namespace KbAlbertStream.IntegrationTests.Worker;

/// <summary>A record that really ends the process that scores it.</summary>
public sealed class CrashTests(KafkaFixture kafka, PostgresServers postgres)
{
    private const int Records = 30;
    private const int Poison = 13;

    [Fact]
    public async Task The_record_that_ends_the_process_becomes_a_dead_letter_and_the_others_go_on()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), partitions: 2);
        var settings = TestWorker.Settings(topics, database.ConnectionString);
        settings["Batching:MaxRecords"] = "8";
        for (var i = 0; i < Records; i++)
        {
            var title = i == Poison ? CrashingWorker.Poison : $"소식 {i}";
            await topics.PublishAsync(topics.News, SomeMessages.News($"n{i:00}", title), partition: 0);
            await topics.PublishAsync(topics.News, SomeMessages.News($"m{i:00}"), partition: 1);
        }

        var ended = 0;
        while (!await GetsOnAsync(settings, database))
        {
            ended++;
            Assert.InRange(ended, 1, 6);
        }

        Assert.InRange(ended, 3, 4);
        Assert.Equal((2 * Records) - 1, await Rows.CountAsync(database));
        Assert.Equal((2 * Records) - 1, (await Rows.IdsAsync(database)).Distinct().Count());
        Assert.Equal(
            [$"{topics.News}|0|{Poison}|crash"],
            await database.RowsAsync("""SELECT topic, "partition", "offset", reason FROM dead_letters"""));
        var letter = Assert.Single(topics.ReadAll($"{topics.News}.dlq", 1)).Message;
        Assert.Contains($"n{Poison}", System.Text.Encoding.UTF8.GetString(letter.Value), StringComparison.Ordinal);
        Assert.Equal("process"u8.ToArray(), letter.Headers.GetLastBytes("x-kbas-stage"));
    }

    /// <summary>Starts a worker; true when it worked off everything and stopped in order, false when it ended before.</summary>
    private static async Task<bool> GetsOnAsync(Dictionary<string, string?> settings, PostgresDatabase database)
    {
        await using var worker = WorkerProcess.StartCrashing(settings);
        await Eventually.IsTrueAsync(() => worker.HasEnded || PositionsOf(database).Result == 2 * Records, "an end");
        if (worker.HasEnded)
        {
            return false;
        }

        await worker.TerminateAsync();
        Assert.True(worker.ExitCode == 0, worker.Output);
        return true;
    }

    private static Task<long> PositionsOf(PostgresDatabase database) =>
        database.ScalarAsync<long>("SELECT coalesce(sum(next_offset), 0)::bigint FROM partition_progress");
}
