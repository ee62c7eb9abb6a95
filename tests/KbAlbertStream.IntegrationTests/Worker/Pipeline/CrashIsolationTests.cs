using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Worker.Pipeline;

/// <summary>Services that end by an exception, one after the other, on one record.</summary>
public sealed class CrashIsolationTests(KafkaFixture kafka, PostgresServers postgres)
{
    private const string Poison = "독사과";
    private static readonly Dictionary<string, string?> SmallBatches = new() { ["Batching:MaxRecords"] = "5" };

    [Fact]
    public async Task A_record_with_an_exception_that_nobody_expected_becomes_a_dead_letter_too()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        for (var i = 0; i < 20; i++)
        {
            await topics.PublishAsync(topics.News, SomeMessages.News($"n{i:00}", i == 7 ? Poison : $"소식 {i}"));
        }

        for (var i = 0; i < 3; i++)
        {
            await using var broken = await StartThrowingAsync(topics, database);
            await broken.Ended.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            Assert.Equal(ExitCode.Unexpected, broken.ExitCode);
            Assert.Equal(0, await Rows.DeadLettersAsync(database));
        }

        await using var last = await StartThrowingAsync(topics, database);
        await Eventually.IsAsync(() => Rows.CountAsync(database), 19L, "rows");

        Assert.Equal(["7|crash"], await database.RowsAsync("""SELECT "offset", reason FROM dead_letters"""));
        Assert.Equal(ExitCode.Done, await last.StopAsync());
    }

    [Fact]
    public async Task Ends_by_a_fault_of_the_database_make_no_record_suspicious()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await topics.PublishAsync(topics.News, SomeMessages.News("n1"));
        for (var i = 0; i < 4; i++)
        {
            await using var broken = await TestWorker.StartAsync(topics, database.ConnectionString, adjust: services =>
                services.AddSingleton<WriteEvents>((_, _) =>
                    throw new PostgresException("internal error", "ERROR", "ERROR", PostgresErrorCodes.InternalError)));
            await broken.Ended.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            Assert.Equal(ExitCode.Unexpected, broken.ExitCode);
        }

        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        await Eventually.IsAsync(() => Rows.CountAsync(database), 1L, "rows");

        Assert.Equal(0, await Rows.DeadLettersAsync(database));
        Assert.Equal(0, await database.ScalarAsync<long>(
            "SELECT count(*) FROM partition_starts WHERE failures > 0 OR isolated_until IS NOT NULL"));
    }

    private static Task<TestWorker> StartThrowingAsync(TestTopics topics, PostgresDatabase database) =>
        TestWorker.StartAsync(topics, database.ConnectionString, SmallBatches, services =>
            services.AddSingleton<ScoreTexts>(texts =>
                texts.Any(text => text.ModelInput.Contains(Poison, StringComparison.Ordinal))
                    ? throw new InvalidTimeZoneException("a bug")
                    : FormulaScores.Score(texts)));
}
