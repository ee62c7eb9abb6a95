using System.Text.Json;
using Confluent.Kafka;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;

namespace KbAlbertStream.IntegrationTests.Worker.Positions;

/// <summary>The verbs <c>positions</c> and <c>reset-position</c> of the real executable, with a worker at work.</summary>
public sealed class ResetPositionTests(KafkaFixture kafka, PostgresServers postgres)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("earliest", 0)]
    [InlineData("4", 4)]
    [InlineData("2026-03-02T12:07:00Z", 7)]
    [InlineData("2026-03-02T21:07", 7)]
    public async Task Backward_an_idle_worker_reads_again_from_there_and_changes_no_row(string to, int from)
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), partitions: 1);
        await PublishMinutesAsync(topics, 0, 10);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        await Eventually.IsAsync(() => Rows.CountAsync(database), 10L, "rows");
        await Eventually.IsAsync(() => PositionAsync(database, topics), "10|0", "position");
        await database.ExecuteAsync($"""DELETE FROM scored_events WHERE "offset" >= {from}""");

        await using var command = await RunAsync(topics, database, "reset-position", "--topic", topics.News, "--partition", "0", "--to", to, "--yes");

        command.AssertEnded(ExitCode.Done);
        Assert.Contains(
            FormattableString.Invariant($"{10 - from} records are read again: {from} to 10"), command.Output, StringComparison.Ordinal);
        await Eventually.IsAsync(() => Rows.CountAsync(database), 10L, "rows, those deleted included");
        await Eventually.IsAsync(() => PositionAsync(database, topics), "10|1", "position");
        Assert.Empty(await Rows.GapsAsync(database));
    }

    [Fact]
    public async Task Forward_what_is_skipped_is_a_gap()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), partitions: 1);
        await PublishMinutesAsync(topics, 0, 10);
        await database.ExecuteAsync(
            $"INSERT INTO partition_progress (topic, \"partition\", kind, next_offset) VALUES ('{topics.News}', 0, 'news', 3)");

        await using var command = await RunAsync(topics, database, "reset-position", "--topic", topics.News, "--partition", "0", "--to", "8", "--yes");
        command.AssertEnded(ExitCode.Done);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);

        await Eventually.IsAsync(() => PositionAsync(database, topics), "10|1", "position");
        Assert.Equal(["n8", "n9"], await Rows.IdsAsync(database));
        Assert.Equal(["0|3|8|5|reset"], await Rows.GapsAsync(database));
    }

    [Fact]
    public async Task Under_load_every_batch_finds_out_and_nothing_is_lost()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), partitions: 1);
        await using var worker = await TestWorker.StartAsync(
            topics, database.ConnectionString, new() { ["Batching:MaxRecords"] = "3" });
        using var publishing = new CancellationTokenSource();
        var published = PublishUntilAsync(topics, publishing.Token);
        await Eventually.IsAsync(() => Rows.CountAsync(database), count => count > 20, "rows before");

        for (var reset = 0; reset < 3; reset++)
        {
            await using var command = await RunAsync(
                topics, database, "reset-position", "--topic", topics.News, "--partition", "0", "--to", "earliest", "--yes");
            command.AssertEnded(ExitCode.Done);
        }

        await publishing.CancelAsync();
        var count = await published;
        await Eventually.IsAsync(
            () => PositionAsync(database, topics), FormattableString.Invariant($"{count}|3"), "position");
        Assert.Equal(count, await Rows.CountAsync(database));
        Assert.Empty(await Rows.GapsAsync(database));
    }

    [Theory]
    [InlineData("risk.other", "0", "earliest", "is not read here")]
    [InlineData(null, "7", "earliest", "has 0 to 0")]
    [InlineData(null, "0", "11", "the log goes from 0 to 10")]
    [InlineData(null, "0", "yesterday", "not earliest, latest, an offset or a time")]
    public async Task What_cannot_be_is_said_and_changes_nothing(string? topic, string partition, string to, string why)
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), partitions: 1);
        await PublishMinutesAsync(topics, 0, 10);

        await using var command = await RunAsync(
            topics, database, "reset-position", "--topic", topic ?? topics.News, "--partition", partition, "--to", to, "--yes");

        command.AssertEnded(ExitCode.WrongConfiguration);
        Assert.Contains(why, command.Errors, StringComparison.Ordinal);
        Assert.Empty(await database.RowsAsync("SELECT * FROM partition_progress"));
    }

    [Fact]
    public async Task Without_a_terminal_nothing_is_done_that_nobody_confirmed()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), partitions: 1);

        await using var command = await RunAsync(
            topics, database, "reset-position", "--topic", topics.News, "--partition", "0", "--to", "earliest");

        command.AssertEnded(ExitCode.NotConfirmed);
        Assert.Contains("--yes", command.Errors, StringComparison.Ordinal);
        Assert.Empty(await database.RowsAsync("SELECT * FROM partition_progress"));
    }

    [Fact]
    public async Task Positions_shows_positions_logs_and_gaps()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), partitions: 1);
        await PublishMinutesAsync(topics, 0, 10);
        await topics.Broker.DeleteRecordsAsync(topics.News, 0, before: 2);
        await database.ExecuteAsync(
            $"""
            INSERT INTO partition_progress (topic, "partition", kind, next_offset, topic_id, epoch) VALUES
              ('{topics.News}', 0, 'news', 1, NULL, 2), ('{topics.Complaints}', 0, 'complaint', 0, 'another', 0);
            INSERT INTO gaps (topic, "partition", epoch, from_offset, to_offset, reason) VALUES ('{topics.News}', 0, 0, 0, 1, 'reset')
            """);

        await using var table = await RunAsync(topics, database, "positions");
        table.AssertEnded(ExitCode.Done);
        Assert.Contains("refused: topic_recreated", table.Output, StringComparison.Ordinal);
        Assert.Contains("Never read:", table.Output, StringComparison.Ordinal);

        await using var json = await RunAsync(topics, database, "positions", "--json");
        using var document = JsonDocument.Parse(json.Output);
        var news = document.RootElement.GetProperty("positions").EnumerateArray()
            .Single(line => line.GetProperty("topic").GetString() == topics.News);
        Assert.Equal("gap", news.GetProperty("state").GetString());
        Assert.Equal(
            (1L, 2L, 10L, 8L, 2L),
            (Number("position"), Number("log_start"), Number("log_end"), Number("lag"), Number("epoch")));
        Assert.Equal(1, document.RootElement.GetProperty("gaps")[0].GetProperty("records").GetInt64());

        long Number(string name) => news.GetProperty(name).GetInt64();
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);

        await using var command = await WorkerProcess.RunAsync(
            TestWorker.Settings(topics, "Host=127.0.0.1;Port=1;Username=nobody;Password=secret;Timeout=2"), ["positions"]);

        command.AssertEnded(ExitCode.ServerFault);
        Assert.Contains("ConnectionRefused", command.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", command.Errors, StringComparison.Ordinal);
    }

    /// <summary>One record a minute from noon UTC, each with its offset as its id.</summary>
    private static async Task PublishMinutesAsync(TestTopics topics, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            await topics.PublishAsync(
                topics.News, SomeMessages.News($"n{i}"), partition: 0, timestamp: new Timestamp(Noon.AddMinutes(i)));
        }
    }

    private static async Task<int> PublishUntilAsync(TestTopics topics, CancellationToken enough)
    {
        var count = 0;
        while (!enough.IsCancellationRequested)
        {
            await topics.PublishAsync(topics.News, SomeMessages.News($"n{count}"), partition: 0);
            count++;
        }

        return count;
    }

    private static async Task<string> PositionAsync(PostgresDatabase database, TestTopics topics) =>
        (await database.RowsAsync(
            $"SELECT next_offset, epoch FROM partition_progress WHERE topic = '{topics.News}'")).FirstOrDefault("none");

    private static Task<WorkerProcess> RunAsync(TestTopics topics, PostgresDatabase database, params string[] arguments) =>
        WorkerProcess.RunAsync(TestWorker.Settings(topics, database.ConnectionString), arguments);
}
