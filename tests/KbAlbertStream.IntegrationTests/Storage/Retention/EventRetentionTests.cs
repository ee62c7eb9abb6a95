using System.Collections.Immutable;
using System.Data;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Retention;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.IntegrationTests.Storage.Retention;

public sealed class EventRetentionTests(PostgresServers servers)
{
    private static readonly DateTimeOffset Old = new(2024, 1, 31, 20, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Kept = new(2024, 2, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Cutoff = new(2024, 2, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory, EveryPostgres]
    public async Task A_month_goes_with_all_that_hangs_on_it_and_the_counts_equal_a_recount_of_the_rest(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await FillAsync(database);
        await AddClosedAlertAsync(database, Old.AddHours(1));
        await AddClosedAlertAsync(database, Kept);

        await DropAllAsync(database);

        Assert.Equal(["complaint|1", "news|2"], await database.RowsAsync("SELECT kind, count(*) FROM scored_events GROUP BY 1 ORDER BY 1"));
        Assert.Null(await database.ScalarAsync<object>("SELECT to_regclass('scored_events_news_2024_01')::text") as string);
        await Recount.AssertEqualsRollupsAsync(database);
        foreach (var table in new[] { "negative_mentions", "text_versions", "dead_letters", "withdrawals", "pending_looks" })
        {
            Assert.Equal(0, await database.ScalarAsync<long>(
                $"SELECT count(*) FROM {table} WHERE kind = 'news' AND recorded_at < '2024-02-01Z'"));
            Assert.True(await database.ScalarAsync<long>($"SELECT count(*) FROM {table}") > 0, table);
        }

        Assert.Equal(
            ["3||risk.news.v1", "3|고객 정보 유출|risk.news.v1"],
            await database.RowsAsync(
                """
                SELECT seen, coalesce(evidence -> 0 ->> 'title', ''), evidence -> 0 ->> 'topic' FROM alerts ORDER BY closed_at
                """));
    }

    [Theory, EveryPostgres]
    public async Task A_copy_in_a_later_month_counts_where_the_counted_one_goes(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await FillAsync(database);
        const string Copy = "SELECT counted FROM negative_mentions WHERE kind = 'news' AND \"offset\" = 2";
        Assert.False(await database.ScalarAsync<bool>(Copy));

        await DropAllAsync(database);

        Assert.True(await database.ScalarAsync<bool>(Copy));
    }

    [Theory]
    [InlineData("ALTER TABLE scored_events_news DETACH PARTITION scored_events_news_2024_01")]
    [InlineData(
        """
        ALTER TABLE scored_events_news DETACH PARTITION scored_events_news_2024_01;
        ALTER TABLE scored_events_news_2024_01 RENAME TO scored_events_news_2024_01_dropping
        """)]
    public async Task What_an_interrupted_call_left_is_finished_by_the_next(string interrupted)
    {
        await using var database = await servers.NewDatabaseAsync();
        await FillAsync(database);
        await database.ExecuteAsync(interrupted);

        await DropAllAsync(database);

        Assert.Equal(2, await database.ScalarAsync<long>("SELECT count(*) FROM scored_events WHERE kind = 'news'"));
        Assert.Empty(await database.RowsAsync("SELECT relname FROM pg_class WHERE relname LIKE 'scored_events_news_2024_01%'"));
        await Recount.AssertEqualsRollupsAsync(database);
    }

    [Theory, EveryPostgres]
    public async Task A_long_reader_is_waited_for_and_nobody_waits_behind_it(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await FillAsync(database);
        await using var reader = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var reading = await reader.BeginTransactionAsync(IsolationLevel.RepeatableRead, TestContext.Current.CancellationToken);
        await using var query = reader.CreateCommand();
        query.CommandText = "SELECT count(*) FROM scored_events WHERE kind = 'news'";
        Assert.Equal(4L, await query.ExecuteScalarAsync(TestContext.Current.CancellationToken));

        var dropping = DropAllAsync(database);
        await Eventually.IsAsync(
            () => database.ScalarAsync<long>("SELECT count(*) FROM pg_inherits WHERE inhdetachpending"), 1L, "detach begun");
        await using var writer = new EventWriter(database.Source, new EventWriterOptions { CommandTimeoutSeconds = 20 });
        await writer.WriteAsync(SomeBatch.Of(new SomeText(77) { RecordedAt = Kept.AddMonths(1), OccurredAt = Kept }), default);

        Assert.Equal(3, await database.ScalarAsync<long>("SELECT count(*) FROM scored_events WHERE kind = 'news'"));
        Assert.Equal(4L, await query.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        Assert.False(dropping.IsCompleted);
        await reading.CommitAsync(TestContext.Current.CancellationToken);
        await dropping;
        await Recount.AssertEqualsRollupsAsync(database);
    }

    [Theory, EveryPostgres]
    public async Task A_writer_at_work_writes_on_and_may_bring_an_old_record(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await FillAsync(database);
        await using var writer = new EventWriter(database.Source, new EventWriterOptions());
        var dropping = DropAllAsync(database);
        for (var i = 100; i < 130; i++)
        {
            await writer.WriteAsync(
                SomeBatch.Of(new SomeText(i) { RecordedAt = Kept, OccurredAt = Kept.AddMinutes(i), Story = $"{i % 5}" }), default);
        }

        await dropping;
        var late = await writer.WriteAsync(SomeBatch.Of(new SomeText(500) { RecordedAt = Old, OccurredAt = Old }), default);

        Assert.Equal(1, late.Inserted);
        Assert.Equal(33, await database.ScalarAsync<long>("SELECT count(*) FROM scored_events WHERE kind = 'news'"));
        await Recount.AssertEqualsRollupsAsync(database);
    }

    [Theory, EveryPostgres]
    public async Task Records_without_a_timestamp_go_by_when_they_were_written(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, new EventWriterOptions());
        await writer.WriteAsync(SomeBatch.Of(new SomeText(1) { RecordedAt = RecordPosition.UnknownTime }), default);
        var reader = new EventMonthReader(database.Source);

        Assert.Empty(await reader.ReadAsync(MessageKind.News, Cutoff, default));
        await database.ExecuteAsync("UPDATE scored_events SET written_at = '2023-01-01Z'");

        Assert.Single(await reader.ReadAsync(MessageKind.News, Cutoff, default));
    }

    [Fact]
    public async Task Counting_changes_nothing()
    {
        await using var database = await servers.NewDatabaseAsync();
        await FillAsync(database);
        var before = await Rows.VersionsAsync(database);
        var month = Assert.Single(await new EventMonthReader(database.Source).ReadAsync(MessageKind.News, Cutoff, default));

        var counts = await new EventRetention(database.Source).CountAsync(month, default);

        Assert.Equal(2, counts["scored_events_news_2024_01"]);
        Assert.Equal(2, counts["negative_mentions"]);
        Assert.Equal(before, await Rows.VersionsAsync(database));
    }

    private static async Task DropAllAsync(PostgresDatabase database)
    {
        var months = await new EventMonthReader(database.Source).ReadAsync(MessageKind.News, Cutoff, default);
        Assert.NotEmpty(months);
        foreach (var month in months)
        {
            await new EventRetention(database.Source).DropAsync(month, default);
        }
    }

    /// <summary>
    /// Two news in January, two in February, the second a copy of one in January; a complaint, a dead letter and a
    /// withdrawal in each.
    /// </summary>
    private static async Task FillAsync(PostgresDatabase database)
    {
        await using var writer = new EventWriter(database.Source, new EventWriterOptions());
        var batch = SomeBatch.Of(
            new SomeText(0) { RecordedAt = Old, OccurredAt = Old },
            new SomeText(1) { RecordedAt = Old, OccurredAt = Old.AddHours(1), Story = "wire" },
            new SomeText(2) { RecordedAt = Kept, OccurredAt = Kept, Story = "wire" },
            new SomeText(3) { RecordedAt = Kept, OccurredAt = Kept },
            new SomeText(4) { Kind = MessageKind.Complaint, RecordedAt = Old, OccurredAt = Old, CustomerRef = "c-1" });
        ImmutableArray<RecordPosition> others =
            [new(MessageKind.News, Old, "risk.news.v1", 1, 0), new(MessageKind.News, Kept, "risk.news.v1", 1, 1)];
        await writer.WriteAsync(
            batch with
            {
                DeadLetters = [.. others.Select(position => new DeadLetter(position, RejectReason.InvalidJson, null))],
                Withdrawals = [.. others.Select(position => new Withdrawal(
                    position with { Partition = 2 }, $"gone-{position.Offset}"))],
            },
            default);
    }

    private static Task AddClosedAlertAsync(PostgresDatabase database, DateTimeOffset closedAt) => database.ExecuteAsync(
        $$"""
        INSERT INTO alerts (
          alert_key, rule, kind, institution_id, state, severity, opened_at, closed_at, window_hours, seen, expected, p,
          dispersion, publishers, level_per_day, cold_start, windows, evidence, raised_at, raised_seen, raised_windows, detector)
        VALUES (
          '{{closedAt:O}}', 'spike', 'news', 'kb_bank', 'closed', 'warning', '{{closedAt.AddMinutes(-5):O}}', '{{closedAt:O}}', 1, 3, 0.1, 0.001,
          1, 2, 0.5, false, '[]', '[{"topic":"risk.news.v1","title":"고객 정보 유출","url":"https://news.example/1"}]',
          '{{closedAt:O}}', 3, '[]', 'test')
        """);
}
