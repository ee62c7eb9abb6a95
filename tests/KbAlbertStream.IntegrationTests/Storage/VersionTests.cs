using KbAlbertStream.Core.Messages;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.IntegrationTests.Storage;

public sealed class VersionTests(PostgresServers servers)
{
    private static readonly EventWriterOptions Options = new();
    private static readonly SomeText First = new(1) { Id = "a", Story = "one" };

    [Theory, EveryPostgres]
    public async Task A_version_that_is_not_negative_any_more_takes_its_count_back(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await WriteAsync(database, SomeBatch.Of(First));

        var result = await WriteAsync(database, SomeBatch.Of(First with { Offset = 2, Negative = 0.1f, Title = "정정" }));

        Assert.Equal(new WriteResult(1, 0, 0, 0), result);
        Assert.Empty(await Recount.StoredAsync(database));
        Assert.Equal(["정정"], await database.RowsAsync("SELECT title FROM v_events"));
        Assert.Equal(
            ["1|superseded", "2|current"],
            await database.RowsAsync("SELECT right(position, 1), state FROM v_event_versions ORDER BY 1"));
        Assert.Equal(["kb_bank|a|corrected|2"], await RetractionsAsync(database));
    }

    [Theory, EveryPostgres]
    public async Task A_version_that_is_still_negative_moves_its_count_to_the_new_time(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await WriteAsync(database, SomeBatch.Of(First));

        var result = await WriteAsync(
            database, SomeBatch.Of(First with { Offset = 2, OccurredAt = SomeText.Noon.AddHours(5) }));

        Assert.Equal(new WriteResult(1, 0, 1, 0), result);
        var bucket = SomeText.Noon.AddHours(5).ToUnixTimeSeconds();
        Assert.Equal(
            [$"news|kb_bank|all|{bucket}|1", $"news|kb_bank|data_breach|{bucket}|1"],
            await Recount.StoredAsync(database));
        Assert.Equal(["kb_bank|a|replaced|2"], await RetractionsAsync(database));
        Assert.Equal(["1", "2"], await LooksAsync(database));
    }

    [Theory, EveryPostgres]
    public async Task A_text_sent_again_as_it_was_changes_no_count_and_owes_no_look(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await WriteAsync(database, SomeBatch.Of(First));
        await database.ExecuteAsync("DELETE FROM pending_looks"); // looked at
        var before = await database.RowsAsync("SELECT xmin, t::text FROM reputation_rollup AS t ORDER BY 2");

        var result = await WriteAsync(database, SomeBatch.Of(First with { Offset = 2 }, First with { Offset = 3 }));

        Assert.Equal(new WriteResult(2, 0, 0, 0), result);
        Assert.Equal(before, await database.RowsAsync("SELECT xmin, t::text FROM reputation_rollup AS t ORDER BY 2"));
        Assert.Empty(await LooksAsync(database));
        Assert.Empty(await RetractionsAsync(database));
        Assert.Equal(["3"], await CountedAsync(database));
    }

    [Theory, EveryPostgres]
    public async Task A_text_sent_again_before_it_was_looked_at_is_looked_at_in_its_last_version(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await WriteAsync(database, SomeBatch.Of(First));

        await WriteAsync(database, SomeBatch.Of(First with { Offset = 2 }));

        Assert.Equal(["1", "2"], await LooksAsync(database));
        Assert.Equal(
            ["1|False", "2|True"],
            await database.RowsAsync("""SELECT "offset", current FROM negative_mentions ORDER BY 1"""));
    }

    [Theory, EveryPostgres]
    public async Task An_older_version_that_comes_late_is_a_row_and_counts_for_nothing(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await WriteAsync(database, SomeBatch.Of(First with { Offset = 5, Negative = 0.1f }));

        var late = await WriteAsync(database, SomeBatch.Of(First));
        var later = await WriteAsync(database, SomeBatch.Of(First with { Offset = 9, RecordedAt = SomeText.Noon.AddDays(-1) }));

        Assert.Equal((new WriteResult(1, 0, 0, 0), new WriteResult(1, 0, 0, 0)), (late, later));
        Assert.Empty(await Recount.StoredAsync(database));
        Assert.Empty(await LooksAsync(database));
        Assert.Equal(["5"], await database.RowsAsync("SELECT right(position, 1) FROM v_events"));
        Assert.Equal(3L, await Rows.CountAsync(database));
    }

    [Theory, EveryPostgres]
    public async Task A_withdrawal_takes_the_text_back_and_a_later_version_publishes_it_again(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await WriteAsync(database, SomeBatch.Of(First));

        var withdrawn = await WriteAsync(database, SomeBatch.Withdrawing(("a", 2), ("never seen", 3)));

        Assert.Equal(new WriteResult { Withdrawals = 2 }, withdrawn);
        Assert.Empty(await Recount.StoredAsync(database));
        Assert.Empty(await database.RowsAsync("SELECT * FROM v_events"));
        Assert.Empty(await database.RowsAsync("SELECT * FROM v_entity_daily"));
        Assert.Equal(["withdrawn"], await database.RowsAsync("SELECT state FROM v_event_versions"));
        Assert.Equal(["kb_bank|a|withdrawn|2"], await RetractionsAsync(database));

        await WriteAsync(database, SomeBatch.Of(First with { Offset = 4 }, new SomeText(1) { Id = "never seen", Partition = 1 }));

        Assert.Equal(["1", "4"], await CountedAsync(database));
        Assert.Equal(
            ["a|current", "a|superseded", "never seen|current"],
            await database.RowsAsync("SELECT external_id, state FROM v_event_versions ORDER BY 1, 2"));
    }

    [Theory, EveryPostgres]
    public async Task A_text_that_comes_after_its_withdrawal_by_another_partition_stays_withdrawn(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await WriteAsync(database, SomeBatch.Withdrawing(("a", 7)));

        await WriteAsync(database, SomeBatch.Of(First));

        Assert.Empty(await CountedAsync(database));
        Assert.Empty(await database.RowsAsync("SELECT * FROM v_events"));
        Assert.Equal(["withdrawn"], await database.RowsAsync("SELECT state FROM v_event_versions"));
    }

    [Theory, EveryPostgres]
    public async Task A_copy_counts_in_place_of_one_that_was_withdrawn(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await WriteAsync(
            database,
            SomeBatch.Of(
                First,
                new SomeText(2) { Story = "one", OccurredAt = SomeText.Noon.AddHours(70) },
                new SomeText(3) { Story = "one", OccurredAt = SomeText.Noon.AddHours(80) }));
        Assert.Equal(["1", "3"], await CountedAsync(database));

        await WriteAsync(database, SomeBatch.Withdrawing(("a", 9)));

        Assert.Equal(["2"], await CountedAsync(database));
        await Recount.AssertEqualsRollupsAsync(database);
    }

    [Theory, EveryPostgres]
    public async Task A_complaint_without_a_customer_gives_its_count_back_too(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        var complaint = First with { Kind = MessageKind.Complaint };
        await WriteAsync(database, SomeBatch.Of(complaint, complaint with { Offset = 2, Id = "b" }));

        await WriteAsync(database, SomeBatch.Of(complaint with { Offset = 3, Negative = 0 }));

        Assert.Equal(["2"], await CountedAsync(database));
        await Recount.AssertEqualsRollupsAsync(database);
    }

    [Theory, EveryPostgres]
    public async Task News_and_complaints_with_the_same_id_are_two_texts(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);

        await WriteAsync(database, SomeBatch.Of(First, First with { Kind = MessageKind.Complaint }));

        Assert.Equal(["1", "1"], await CountedAsync(database));
        Assert.Equal(2L, await database.ScalarAsync<long>("SELECT count(*) FROM v_events"));
    }

    [Theory, EveryPostgres]
    public async Task Replaying_versions_and_withdrawals_changes_nothing(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        EventBatch[] batches =
        [
            SomeBatch.Of(First, new SomeText(2) { Id = "b" }),
            SomeBatch.Of(First with { Offset = 3, OccurredAt = SomeText.Noon.AddHours(1) }),
            SomeBatch.Withdrawing(("b", 4)),
        ];
        foreach (var batch in batches)
        {
            await WriteAsync(database, batch);
        }

        var before = await VersionTables.ReadAsync(database);
        string[] owed = [.. await LooksAsync(database), .. await RetractionsAsync(database)];
        foreach (var batch in batches)
        {
            Assert.Equal(new WriteResult(0, batch.Events.Length, 0, 0), await WriteAsync(database, batch));
        }

        Assert.Equal(before, await VersionTables.ReadAsync(database));
        Assert.Equal(owed, (string[])[.. await LooksAsync(database), .. await RetractionsAsync(database)]);
    }

    [Theory, EveryPostgres]
    public async Task A_record_that_is_read_again_brings_no_identifier_back(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await WriteAsync(database, SomeBatch.Of(First));
        await WriteAsync(database, SomeBatch.Withdrawing(("b", 2)));
        await database.ExecuteAsync(
            """
            UPDATE scored_events SET external_id = 'erased:' || external_id;
            UPDATE withdrawals SET external_id = 'erased:' || external_id;
            UPDATE text_versions SET external_id = 'erased:' || external_id
            """);
        var before = await VersionTables.ReadAsync(database);

        await WriteAsync(database, SomeBatch.Of(First));
        await WriteAsync(database, SomeBatch.Withdrawing(("b", 2)));

        Assert.Equal(before, await VersionTables.ReadAsync(database));
    }

    private static async Task<WriteResult> WriteAsync(PostgresDatabase database, EventBatch batch)
    {
        await using var writer = new EventWriter(database.Source, Options);
        return await writer.WriteAsync(batch, default);
    }

    private static Task<string[]> CountedAsync(PostgresDatabase database) => database.RowsAsync(
        """SELECT "offset" FROM negative_mentions WHERE counted AND current ORDER BY 1""");

    private static Task<string[]> LooksAsync(PostgresDatabase database) =>
        database.RowsAsync("""SELECT "offset" FROM pending_looks ORDER BY 1""");

    private static Task<string[]> RetractionsAsync(PostgresDatabase database) => database.RowsAsync(
        """SELECT institution_id, external_id, reason, "offset" FROM pending_retractions ORDER BY seq""");
}
