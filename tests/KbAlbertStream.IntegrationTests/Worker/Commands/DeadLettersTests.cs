using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;

namespace KbAlbertStream.IntegrationTests.Worker.Commands;

/// <summary>The verbs of the real executable, beside a service that works.</summary>
public sealed class DeadLettersTests(KafkaFixture kafka, PostgresServers postgres)
{
    private const string Secret = "낯선 본문";
    private static readonly Timestamp At = new(new DateTime(2026, 3, 1, 1, 2, 3, 456, DateTimeKind.Utc));
    private static readonly Dictionary<string, string?> Narrow = new() { ["Messages:MaxBytes"] = "1024" };
    private static readonly string Large = SomeMessages.News("large", "소식", Secret + new string('x', 2000));

    [Fact]
    public async Task A_replayed_letter_is_stored_once_under_its_original_position()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 2);
        await RejectLargeAsync(topics, database);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);

        await using var replay = await RunAsync(topics, database, "replay", "--reason", "too_large", "--yes");
        await Eventually.IsAsync(() => Rows.CountAsync(database), 2L, "rows");
        await Eventually.IsAsync(() => Rows.VersionsAsync(database), rows => rows.Length > 0, "rows");
        await using var nothing = await RunAsync(topics, database, "replay", "--yes");
        var before = await Rows.VersionsAsync(database);
        await database.ExecuteAsync("UPDATE dead_letters SET resolved_at = NULL");
        await using var again = await RunAsync(topics, database, "replay", "--yes");
        await Eventually.IsAsync(() => PositionOf(topics, database), 4L, "position");

        Assert.True(replay.ExitCode == 0, replay.Errors + replay.Output);
        Assert.Contains("1 open, 1 replayed", replay.Output, StringComparison.Ordinal);
        Assert.Contains("0 open, 0 replayed", nothing.Output, StringComparison.Ordinal);
        Assert.Contains("1 open, 1 replayed", again.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["large|1|1|2026-03-01 01:02:03.456"],
            await database.RowsAsync(
                """
                SELECT external_id, "partition", "offset", to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS')
                FROM scored_events WHERE external_id = 'large'
                """));
        Assert.Equal(
            before.Where(row => !row.StartsWith("letter", StringComparison.Ordinal)),
            (await Rows.VersionsAsync(database)).Where(row => !row.StartsWith("letter", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Replaying_marks_the_letter_resolved_and_puts_back_key_value_and_headers()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await RejectLargeAsync(topics, database, partition: 0);

        await using var replay = await RunAsync(topics, database, "replay", "--yes", "--position", $"{topics.News}[0]@1");
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        await Eventually.IsAsync(
            () => database.ScalarAsync<long>("SELECT count(*) FROM dead_letters WHERE resolved_at IS NOT NULL"), 1L, "resolved");

        var copy = topics.ReadAll(topics.News, 3)[2].Message;
        Assert.Equal([7, 8], copy.Key);
        Assert.Equal(Encoding.UTF8.GetBytes(Large), copy.Value);
        Assert.Equal(["trace", "x-kbas-replay-of", "x-kbas-replay-signature"], copy.Headers.Select(header => header.Key));
        Assert.Equal([0xfe], copy.Headers.GetLastBytes("trace"));
        await using var open = await RunAsync(topics, database, "list");
        await using var resolved = await RunAsync(topics, database, "list", "--state", "resolved");
        Assert.Empty(open.Output);
        Assert.Contains($"{topics.News}[0]@1  too_large", resolved.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_replay_is_an_ordinary_record_and_occupies_no_other_key()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        var forged = new Headers
        {
            { "x-kbas-replay-of", Encoding.ASCII.GetBytes($"{topics.News}[0]@1 recorded {At.UnixTimestampMs}") },
            { "x-kbas-replay-signature", Encoding.ASCII.GetBytes(new string('0', 64)) },
        };

        await topics.PublishAsync(topics.News, SomeMessages.News("forged"), headers: forged);
        await topics.PublishAsync(topics.News, SomeMessages.News("honest"), timestamp: At);
        await Eventually.IsAsync(() => Rows.CountAsync(database), 2L, "rows");

        Assert.Equal(
            ["forged|0", "honest|1"],
            await database.RowsAsync("""SELECT external_id, "offset" FROM scored_events ORDER BY 1"""));
        Assert.Contains(worker.Logs.Lines, line => line.Contains("signature is not ours", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_replay_that_fails_again_stays_one_letter_at_its_original_position()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await RejectLargeAsync(topics, database, partition: 0);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString, Narrow);

        await using var replay = await RunAsync(topics, database, "replay", "--yes");
        await Eventually.IsAsync(() => PositionOf(topics, database), 3L, "position");

        Assert.Equal(
            ["1|too_large|open"],
            await database.RowsAsync(
                """SELECT "offset", reason, CASE WHEN resolved_at IS NULL THEN 'open' END FROM dead_letters"""));
        var letters = topics.ReadAll($"{topics.News}.dlq", 2);
        Assert.Equal(2, letters.Count);
        Assert.All(letters, letter => Assert.Equal(
            "1", Encoding.UTF8.GetString(letter.Message.Headers.GetLastBytes("__connect.errors.offset"))));
    }

    [Fact]
    public async Task A_letter_without_its_value_is_replayed_from_the_source_topic()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(
            await kafka.GetRealAsync(), 1, new Dictionary<string, string> { ["max.message.bytes"] = "1500" });
        await RejectLargeAsync(topics, database, partition: 0);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);

        await using var replay = await RunAsync(topics, database, "replay", "--yes");
        await Eventually.IsAsync(() => Rows.CountAsync(database), 2L, "rows");

        Assert.Contains("1 replayed (1 from the source topic)", replay.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_and_show_tell_everything_but_the_content_and_raw_gives_the_bytes()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await RejectLargeAsync(topics, database, partition: 0);
        var position = $"{topics.News}[0]@1";

        await using var list = await RunAsync(topics, database, "list", "--json", "--topic", topics.News, "--since", "2026-01-01");
        await using var other = await RunAsync(topics, database, "list", "--reason", "crash");
        await using var early = await RunAsync(topics, database, "list", "--until", "2026-01-01");
        await using var show = await RunAsync(topics, database, "show", position);
        await using var raw = await RunAsync(topics, database, "show", position, "--raw");
        await using var unknown = await RunAsync(topics, database, "show", $"{topics.News}[0]@0");

        var line = JsonDocument.Parse(list.Output).RootElement;
        Assert.Equal(position, line.GetProperty("position").GetString());
        Assert.Equal("too_large", line.GetProperty("reason").GetString());
        Assert.Equal("open", line.GetProperty("state").GetString());
        Assert.Empty(other.Output + early.Output);
        Assert.Matches($"value +{Encoding.UTF8.GetByteCount(Large)} bytes, sha256 [0-9a-f]{{64}}", show.Output);
        Assert.Matches("header +trace: 1 bytes", show.Output);
        Assert.Matches("header +x-kbas-reason: too_large", show.Output);
        Assert.DoesNotContain(Secret, show.Output + list.Output, StringComparison.Ordinal);
        Assert.Equal(Large, raw.Output);
        unknown.AssertEnded(ExitCode.Incomplete);
    }

    [Fact]
    public async Task Without_a_yes_and_in_a_dry_run_nothing_is_put_back()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await RejectLargeAsync(topics, database, partition: 0);

        await using var asked = await RunAsync(topics, database, "replay");
        await using var dry = await RunAsync(topics, database, "replay", "--dry-run");
        await topics.PublishAsync(topics.News, SomeMessages.News("next"));

        asked.AssertEnded(ExitCode.NotConfirmed);
        Assert.Contains("--yes", asked.Errors, StringComparison.Ordinal);
        Assert.Contains("1 open, 1 would be replayed", dry.Output, StringComparison.Ordinal);
        Assert.Contains("next", Encoding.UTF8.GetString(topics.ReadAll(topics.News, 3)[2].Message.Value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_has_an_exit_code_of_its_own()
    {
        await using var list = await WorkerProcess.RunAsync(
            new Dictionary<string, string?> { ["Database:ConnectionString"] = "Host=127.0.0.1;Port=1;Password=topsecret;Timeout=3" },
            ["dead-letters", "list"]);

        list.AssertEnded(ExitCode.ServerFault);
        Assert.DoesNotContain("topsecret", list.Errors + list.Output, StringComparison.Ordinal);
    }

    private static Task<WorkerProcess> RunAsync(TestTopics topics, PostgresDatabase database, params string[] arguments) =>
        WorkerProcess.RunAsync(TestWorker.Settings(topics, database.ConnectionString), ["dead-letters", .. arguments]);

    private static Task<long> PositionOf(TestTopics topics, PostgresDatabase database) => database.ScalarAsync<long>(
        $"SELECT coalesce(max(next_offset), 0) FROM partition_progress WHERE topic = '{topics.News}'");

    /// <summary>One small record, and at offset 1 a large one that a worker with narrow limits rejects.</summary>
    private static async Task RejectLargeAsync(TestTopics topics, PostgresDatabase database, int partition = 1)
    {
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString, Narrow);
        await topics.PublishAsync(topics.News, SomeMessages.News("small"), partition);
        await topics.PublishAsync(
            topics.News, Large, partition, new Headers { { "trace", [0xfe] } }, key: [7, 8], timestamp: At);
        await Eventually.IsAsync(() => Rows.DeadLettersAsync(database), 1L, "dead letters");
        Assert.Equal(ExitCode.Done, await worker.StopAsync());
    }
}
