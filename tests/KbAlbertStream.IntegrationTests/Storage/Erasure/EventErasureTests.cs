using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Erasure;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.IntegrationTests.Storage.Erasure;

public sealed class EventErasureTests(PostgresServers servers)
{
    private const string Customer = "customer-4711";
    private const string Secret = "창구에서 겪은 일";

    private static readonly ErasureReference OfCustomer = new(null, Customer, null);

    [Theory, EveryPostgres]
    public async Task Nothing_in_the_database_tells_of_the_customer_any_more(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await FillAsync(database);
        await AddAlertAsync(database);
        Assert.NotEmpty(await TracesAsync(database, Customer));
        Assert.NotEmpty(await TracesAsync(database, Secret));

        var result = await Erasure(database).EraseAsync(OfCustomer, default);

        Assert.Equal(2, result.Touched["scored_events"]);
        Assert.Equal(1, result.Touched["alerts"]);
        foreach (var trace in new[] { Customer, Secret, "id-0", "id-1" })
        {
            Assert.Empty(await TracesAsync(database, trace));
        }

        Assert.Equal([0L, 1], result.Positions.Select(position => position.Offset).Order());
        Assert.Equal(
            ["2|customer-12|남은 글"],
            await database.RowsAsync("""SELECT "offset", customer_ref, title FROM scored_events WHERE customer_ref IS NOT NULL"""));
    }

    [Theory, EveryPostgres]
    public async Task Scores_counts_and_the_link_between_versions_stay(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await FillAsync(database);
        const string Kept =
            """
            SELECT kind, "offset", sentiment, p_negative, reputation_labels, occurred_at FROM scored_events ORDER BY 2
            """;
        const string Counts = "SELECT * FROM reputation_rollup ORDER BY 1, 2, 3, 4";
        var (rows, counts) = (await database.RowsAsync(Kept), await database.RowsAsync(Counts));

        await Erasure(database).EraseAsync(OfCustomer, default);

        Assert.Equal(rows, await database.RowsAsync(Kept));
        Assert.Equal(counts, await database.RowsAsync(Counts));
        Assert.Equal(3, await database.ScalarAsync<long>("SELECT count(*) FROM v_events"));
        Assert.Equal(1, await database.ScalarAsync<long>(
            "SELECT count(DISTINCT customer_ref) FROM negative_mentions WHERE customer_ref LIKE 'erased:%'"));
    }

    [Theory, EveryPostgres]
    public async Task The_audit_entry_says_what_was_done_and_not_to_whom(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await FillAsync(database);

        var first = await Erasure(database).EraseAsync(OfCustomer, default);
        var second = await Erasure(database).EraseAsync(OfCustomer, default);

        Assert.All(second.Touched.Values, rows => Assert.Equal(0, rows));
        Assert.Empty(second.Positions);
        Assert.Equal(
            [$"{first.Id}|customer_ref|2|True", $"{second.Id}|customer_ref|0|True"],
            await database.RowsAsync(
                """
                SELECT erasure_id, reference_type, touched ->> 'scored_events', requested_by = session_user
                FROM erasures ORDER BY erasure_id
                """));
        Assert.Equal(1, await database.ScalarAsync<long>("SELECT count(DISTINCT reference_hash) FROM erasures"));
    }

    [Theory, EveryPostgres]
    public async Task Reading_the_records_again_brings_nothing_back(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await FillAsync(database);
        await Erasure(database).EraseAsync(OfCustomer, default);

        await FillAsync(database);

        Assert.Equal(3, await Rows.CountAsync(database));
        Assert.Empty(await database.RowsAsync($"SELECT 1 FROM scored_events WHERE customer_ref = '{Customer}'"));
        Assert.Empty(await database.RowsAsync($"SELECT 1 FROM scored_events WHERE text LIKE '%{Secret}%'"));
    }

    [Theory, EveryPostgres]
    public async Task A_later_record_of_the_same_text_is_a_new_one_and_can_be_erased_in_its_turn(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await FillAsync(database);
        var byId = new ErasureReference(MessageKind.Complaint, null, "id-0");
        await Erasure(database).EraseAsync(byId, default);
        await using var writer = new EventWriter(database.Source, new EventWriterOptions());
        var again = Text(9, Customer).Build();
        await writer.WriteAsync(SomeBatch.Of(again with { Message = again.Message with { ExternalId = "id-0" } }), default);

        Assert.Equal(1, await Erasure(database).CountAsync(byId, default));
        var result = await Erasure(database).EraseAsync(byId, default);

        Assert.Equal(1, result.Touched["scored_events"]);
        Assert.Empty(await TracesAsync(database, "id-0"));
        Assert.Equal(2, await database.ScalarAsync<long>(
            "SELECT count(DISTINCT external_id) FROM scored_events WHERE external_id LIKE 'erased:%'"));
    }

    [Theory, EveryPostgres]
    public async Task An_id_of_one_kind_leaves_the_other_kind_alone(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await FillAsync(database);
        await using var writer = new EventWriter(database.Source, new EventWriterOptions());
        await writer.WriteAsync(SomeBatch.Of(new SomeText(0) { Title = "뉴스" }), default);

        await Erasure(database).EraseAsync(new ErasureReference(MessageKind.Complaint, null, "id-0"), default);

        Assert.Equal(
            ["news|뉴스"],
            await database.RowsAsync("SELECT kind, title FROM scored_events WHERE external_id = 'id-0'"));
    }

    [Theory, EveryPostgres]
    public async Task Beside_a_writer_at_work_nothing_dead_locks_and_the_counts_hold(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await FillAsync(database);
        await using var writer = new EventWriter(database.Source, new EventWriterOptions());
        var writing = Task.Run(async () =>
        {
            for (var i = 100; i < 160; i++)
            {
                var text = Text(i, Customer).Build();
                await writer.WriteAsync(
                    SomeBatch.Of(text with { Message = text.Message with { ExternalId = $"text-{i % 7}" } }), default);
            }
        });

        var erased = 0;
        while (!writing.IsCompleted)
        {
            erased += (await Erasure(database).EraseAsync(OfCustomer, default)).Touched["scored_events"];
        }

        await writing;
        erased += (await Erasure(database).EraseAsync(OfCustomer, default)).Touched["scored_events"];
        Assert.Equal(62, erased);
        Assert.Empty(await TracesAsync(database, Customer));
    }

    private static EventErasure Erasure(PostgresDatabase database) =>
        new(database.Source, new ErasedNames("a key for tests, not a secret"));

    private static SomeText Text(long offset, string customer) => new(offset)
    {
        Kind = MessageKind.Complaint,
        CustomerRef = customer,
        Text = $"{Secret} {offset}",
        OccurredAt = SomeText.Noon.AddMinutes(offset),
    };

    /// <summary>Two complaints of one customer and one of another.</summary>
    private static async Task FillAsync(PostgresDatabase database)
    {
        await using var writer = new EventWriter(database.Source, new EventWriterOptions());
        ScoredEvent[] texts =
        [
            Text(0, Customer), Text(1, Customer), Text(2, "customer-12") with { Title = "남은 글", Text = "다른 일" },
        ];
        await writer.WriteAsync(SomeBatch.Of(texts), default);
    }

    private static Task AddAlertAsync(PostgresDatabase database) => database.ExecuteAsync(
        $$"""
        INSERT INTO alerts (
          alert_key, rule, kind, institution_id, state, severity, opened_at, window_hours, seen, expected, p,
          dispersion, publishers, level_per_day, cold_start, windows, evidence, raised_at, raised_seen, raised_windows, detector)
        SELECT
          'key', 'spike', kind, 'kb_bank', 'open', 'warning', occurred_at, 1, 3, 0.1, 0.001,
          1, 2, 0.5, false, '[]', jsonb_build_array(jsonb_build_object(
            'topic', topic, 'partition', "partition", 'offset', "offset", 'recorded_at', recorded_at, 'title', '{{Secret}}',
            'spans', jsonb_build_array(jsonb_build_object('label', 'labor', 'text', '{{Secret}}')))),
          occurred_at, 3, '[]', 'test'
        FROM scored_events WHERE "offset" = 0;
        INSERT INTO alert_texts (alert_id, external_id) SELECT alert_id, 'id-0' FROM alerts;
        """);

    /// <summary>Every table in which a row holds a text.</summary>
    private static async Task<string[]> TracesAsync(PostgresDatabase database, string text)
    {
        var tables = await database.RowsAsync(
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'");
        var found = new List<string>();
        foreach (var table in tables)
        {
            if (await database.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM {table} AS t WHERE t::text LIKE '%{text}%')"))
            {
                found.Add(table);
            }
        }

        return [.. found];
    }
}
