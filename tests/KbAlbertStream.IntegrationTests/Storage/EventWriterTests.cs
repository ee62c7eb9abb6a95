using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Storage;

public sealed class EventWriterTests(PostgresServers servers)
{
    private static readonly EventWriterOptions Options = new();

    [Theory, EveryPostgres]
    public async Task Replaying_a_batch_changes_no_row(string version) // Promise 2
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        var letter = new DeadLetter(new SomeText(9).Build().Position, RejectReason.InvalidJson, "line 1");
        var texts = SomeBatch.Of(
            new SomeText(1), new SomeText(2) { Story = "wire" }, new SomeText(3) { Story = "wire", Source = "뉴시스" },
            new SomeText(4) { Kind = MessageKind.Complaint, CustomerRef = "c-1" });
        var batch = texts with { DeadLetters = [letter] };

        var first = await writer.WriteAsync(batch, default);
        var before = await EverythingAsync(database);
        var replay = await writer.WriteAsync(batch, default);

        Assert.Equal(new WriteResult(4, 0, 3, 1), first);
        Assert.Equal(new WriteResult(0, 4, 0, 0), replay);
        Assert.Equal(before, await EverythingAsync(database));
    }

    [Theory, EveryPostgres]
    public async Task A_rehearsal_leaves_nothing_and_the_next_batch_is_written(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        var months = await MonthsAsync();
        var before = await EverythingAsync(database);
        var batch = SomeBatch.Of(new SomeText(1), new SomeText(2) { Kind = MessageKind.Complaint, CustomerRef = "c-1" });

        await writer.RehearseAsync(batch, default);
        await writer.RehearseAsync(batch, default);

        Assert.Equal(before, await EverythingAsync(database));
        Assert.Equal(months, await MonthsAsync());
        Assert.Equal(2, (await writer.WriteAsync(batch, default)).Inserted);

        Task<long> MonthsAsync() => database.ScalarAsync<long>("SELECT count(*) FROM pg_inherits");
    }

    [Theory, EveryPostgres]
    public async Task A_half_written_replay_writes_the_other_half(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        await writer.WriteAsync(SomeBatch.Of(new SomeText(1), new SomeText(2)), default);

        var result = await writer.WriteAsync(SomeBatch.Of(new SomeText(2), new SomeText(3)), default);

        Assert.Equal(new WriteResult(1, 1, 1, 0), result);
        await Recount.AssertEqualsRollupsAsync(database);
    }

    [Theory, EveryPostgres]
    public async Task Every_row_carries_the_versions_that_made_it(string version) // Promise 10
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);

        await writer.WriteAsync(
            SomeBatch.Of(new SomeText(1), new SomeText(2) { Versions = new("demo/2", "l", "m", "d") }), default);

        Assert.Equal(
            ["demo/1|labels/2|masker/3|dictionary/4", "demo/2|l|m|d"],
            await database.RowsAsync(
                """
                SELECT model_version, label_set_version, masker_version, dictionary_version
                FROM scored_events ORDER BY "offset"
                """));
    }

    [Theory, EveryPostgres]
    public async Task A_row_says_what_was_read_and_scored(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        ScoredEvent news = new SomeText(7)
        {
            Institutions = [new("shinhan", 50), new("kb_bank", 90)],
            OccurredAt = new DateTimeOffset(2026, 11, 2, 9, 30, 0, TimeSpan.FromHours(9)),
        };

        await writer.WriteAsync(SomeBatch.Of(news), default);

        Assert.Equal(
            ["news|risk.news.v1|0|7|id-7|연합||kb_bank|{kb_bank,shinhan}|2026-11-02 00:30:00|고객 정보 유출|negative|0.9"],
            await database.RowsAsync(
                """
                SELECT kind, topic, "partition", "offset", external_id, publisher, channel, primary_institution,
                       institution_ids::text, (occurred_at AT TIME ZONE 'UTC')::text, title, sentiment, p_negative
                FROM scored_events
                """));
        Assert.Equal(
            ["""
            [{"id": "kb_bank", "relevance": 90}, {"id": "shinhan", "relevance": 50}]|{"phone": 2}|{data_breach}|0.95|{explanation}|[{"text": "고객 정보 유출", "label": "data_breach"}]
            """],
            await database.RowsAsync(
                """
                SELECT institutions::text, masked::text, reputation_labels::text, reputation ->> 'data_breach',
                       compliance_labels::text, evidence::text
                FROM scored_events
                """));
        Assert.Equal(news.Scores.NegativeReputation, await database.ScalarAsync<float>(
            "SELECT negative_reputation FROM scored_events"));
        Assert.Equal(news.Message.StoryHash, await database.ScalarAsync<string>("SELECT story_hash FROM v_events"));
    }

    [Theory, EveryPostgres]
    public async Task No_text_is_stored_when_that_is_switched_off(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, new EventWriterOptions { StoreText = false });

        await writer.WriteAsync(SomeBatch.Of(new SomeText(1) { Title = "비밀제목", Text = "비밀본문" }), default);

        var row = Assert.Single(await database.RowsAsync("SELECT scored_events::text FROM scored_events"));
        Assert.DoesNotContain("비밀", row, StringComparison.Ordinal);
        Assert.Contains("data_breach", row, StringComparison.Ordinal);
    }

    [Theory, EveryPostgres]
    public async Task A_record_that_comes_twice_in_a_batch_is_one_row(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);

        var result = await writer.WriteAsync(SomeBatch.Of(new SomeText(1), new SomeText(1)), default);

        Assert.Equal(new WriteResult(1, 1, 1, 0), result);
        await Recount.AssertEqualsRollupsAsync(database);
    }

    [Theory, EveryPostgres]
    public async Task Months_are_made_when_they_are_missing_even_after_one_was_dropped(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        ScoredEvent[] texts =
        [
            new SomeText(1) { RecordedAt = RecordPosition.UnknownTime },
            new SomeText(2) { RecordedAt = new DateTimeOffset(2026, 11, 30, 23, 59, 59, 999, TimeSpan.Zero) },
            new SomeText(3) { RecordedAt = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero) },
            new SomeText(4) { RecordedAt = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero) },
            new SomeText(5) { Kind = MessageKind.Complaint },
        ];
        await writer.WriteAsync(SomeBatch.Of(texts), default);
        Assert.Equal(
            [
                "scored_events_complaint_2026_11|1", "scored_events_news_2000_01|1", "scored_events_news_2026_11|1",
                "scored_events_news_2026_12|1", "scored_events_news_2100_01|1",
            ],
            await database.RowsAsync(
                """
                SELECT tableoid::regclass::text, count(*) FROM scored_events
                GROUP BY tableoid ORDER BY tableoid::regclass::text COLLATE "C"
                """));

        await database.ExecuteAsync("DROP TABLE scored_events_news_2026_12");
        ScoredEvent late = new SomeText(6) { RecordedAt = texts[2].Position.RecordedAt };
        var e = await Assert.ThrowsAsync<PostgresException>(() => writer.WriteAsync(SomeBatch.Of(late), default));

        Assert.Equal(DatabaseFault.Transient, DatabaseFaults.Classify(e));
        Assert.Equal(1, (await writer.WriteAsync(SomeBatch.Of(late), default)).Inserted);
    }

    [Theory, EveryPostgres]
    public async Task What_the_server_refuses_is_bad_data_and_writes_nothing(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        await writer.WriteAsync(SomeBatch.Of(new SomeText(1)), default);
        var before = await EverythingAsync(database);

        foreach (var refused in new[] { "a\0b", "half \ud83d of a pair" })
        {
            var batch = SomeBatch.Of(new SomeText(2), new SomeText(3) { Title = refused });
            var e = await Assert.ThrowsAnyAsync<Exception>(() => writer.WriteAsync(batch, default));
            Assert.Equal(DatabaseFault.BadData, DatabaseFaults.Classify(e));
        }

        Assert.Equal(before, await EverythingAsync(database));
        Assert.Equal(1, (await writer.WriteAsync(SomeBatch.Of(new SomeText(2)), default)).Inserted);
    }

    [Theory, EveryPostgres]
    public async Task Progress_never_goes_back(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        var reader = new PartitionProgressReader(database.Source);
        var ahead = new PartitionPosition(MessageKind.News, "risk.news.v1", 3, 100, 120, SomeText.Noon);

        await writer.WriteAsync(new EventBatch([], [], [ahead]), default);
        await writer.WriteAsync(
            new EventBatch([], [], [ahead with { NextOffset = 50, EndOffset = null, MaxOccurredAt = null }]), default);
        await AssertStoredAsync(ahead);

        var further = ahead with { NextOffset = 130, EndOffset = 131, MaxOccurredAt = SomeText.Noon.AddHours(1) };
        await writer.WriteAsync(new EventBatch([], [], [ahead, further]), default);
        await AssertStoredAsync(further);
        Assert.Empty(await reader.ReadAsync(["other"], default));

        async Task AssertStoredAsync(PartitionPosition expected)
        {
            var stored = Assert.Single(await reader.ReadAsync(["risk.news.v1", "other"], default));
            Assert.Equal(
                (expected.NextOffset, expected.EndOffset, expected.MaxOccurredAt),
                (stored.NextOffset, stored.EndOffset, stored.MaxOccurredAt));
        }
    }

    [Theory, EveryPostgres]
    public async Task A_position_moves_only_where_the_batch_goes_on_from_it(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        var first = new PartitionPosition(MessageKind.News, "risk.news.v1", 3, 100, 100, SomeText.Noon);
        await writer.WriteAsync(new EventBatch([], [], [first]), default);

        // The database was restored to before the batch's first record.
        Assert.Equal(1, await WriteAsync(first with { FromOffset = 110, NextOffset = 120, EndOffset = 130 }));
        Assert.Equal("100|130", await StoredAsync());

        // Of another epoch, and of a row that is not there.
        Assert.Equal(1, await WriteAsync(first with { FromOffset = 100, NextOffset = 120, EndOffset = 140, Epoch = 1 }));
        Assert.Equal(1, await WriteAsync(first with { FromOffset = 0, NextOffset = 120, Partition = 4 }));
        Assert.Equal("100|130", await StoredAsync());

        // A worker that lost its partition without knowing: harmless.
        Assert.Equal(0, await WriteAsync(first with { FromOffset = 40, NextOffset = 60, EndOffset = null }));
        Assert.Equal("100|130", await StoredAsync());

        Assert.Equal(0, await WriteAsync(first with { FromOffset = 100, NextOffset = 120, EndOffset = 140 }));
        Assert.Equal("120|140", await StoredAsync());

        async Task<int> WriteAsync(PartitionPosition position) =>
            (await writer.WriteAsync(new EventBatch([], [], [position]), default)).Displaced;

        async Task<string> StoredAsync() => (await database.RowsAsync(
            """SELECT next_offset, end_offset FROM partition_progress WHERE "partition" = 3"""))[0];
    }

    [Theory, EveryPostgres]
    public async Task A_cut_connection_is_transient_and_the_next_try_writes(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        await writer.WriteAsync(SomeBatch.Of(new SomeText(1)), default);
        await database.ExecuteAsync(
            """
            SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
            """);

        var e = await Assert.ThrowsAnyAsync<Exception>(() => writer.WriteAsync(SomeBatch.Of(new SomeText(2)), default));

        Assert.Equal(DatabaseFault.Transient, DatabaseFaults.Classify(e));
        Assert.Equal(1, (await writer.WriteAsync(SomeBatch.Of(new SomeText(2)), default)).Inserted);
    }

    [Theory, EveryPostgres]
    public async Task A_database_without_the_schema_is_waited_for(string version)
    {
        await using var database = await servers.NewEmptyDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);

        var e = await Assert.ThrowsAsync<PostgresException>(
            () => writer.WriteAsync(SomeBatch.Of(new SomeText(1)), default));

        Assert.Equal(DatabaseFault.Transient, DatabaseFaults.Classify(e));
    }

    [Theory, EveryPostgres]
    public async Task Every_counted_text_leaves_a_look_for_the_detector(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        await using var listener = await database.Source.OpenConnectionAsync();
        var notified = new TaskCompletionSource();
        listener.Notification += (_, _) => notified.TrySetResult();
        await using (var listen = new NpgsqlCommand("LISTEN kbas_looks", listener))
        {
            await listen.ExecuteNonQueryAsync();
        }

        await writer.WriteAsync(
            SomeBatch.Of(
                new SomeText(1) { Institutions = [new("kb_bank", 90), new("shinhan", 40), new("woori", 39)] },
                new SomeText(2) { Negative = 0.2f },
                new SomeText(3) { Institutions = [] }),
            default);

        Assert.Equal(
            ["news|kb_bank|1", "news|shinhan|1"],
            await database.RowsAsync(
                """SELECT kind, institution_id, "offset" FROM pending_looks ORDER BY institution_id"""));
        await listener.WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(notified.Task.IsCompleted);
    }

    [Fact]
    public async Task Batches_are_written_one_after_another()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var writer = new EventWriter(database.Source, Options);
        await using var blocker = await database.Source.OpenConnectionAsync();
        await using var transaction = await blocker.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("LOCK TABLE scored_events", blocker))
        {
            await command.ExecuteNonQueryAsync();
        }

        var first = writer.WriteAsync(SomeBatch.Of(new SomeText(1)), default);
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.WriteAsync(SomeBatch.Of(new SomeText(2)), default));
        await transaction.RollbackAsync();

        Assert.Equal(1, (await first).Inserted);
    }

    private static async Task<ImmutableArray<string>> EverythingAsync(PostgresDatabase database) =>
    [
        .. await database.RowsAsync("SELECT t::text FROM scored_events AS t ORDER BY 1"),
        .. await database.RowsAsync("SELECT t::text FROM dead_letters AS t ORDER BY 1"),
        .. await database.RowsAsync("SELECT t::text FROM negative_mentions AS t ORDER BY 1"),
        .. await database.RowsAsync("SELECT t::text FROM reputation_rollup AS t ORDER BY 1"),
        .. await database.RowsAsync("SELECT t::text FROM pending_looks AS t ORDER BY 1"),
        .. await database.RowsAsync("SELECT topic, \"partition\", next_offset, end_offset FROM partition_progress ORDER BY 1, 2"),
    ];
}
