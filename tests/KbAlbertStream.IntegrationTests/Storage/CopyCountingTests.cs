using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.IntegrationTests.Storage;

public sealed class CopyCountingTests(PostgresServers servers)
{
    private static readonly EventWriterOptions Options = new();

    [Theory, EveryPostgres]
    public async Task A_wire_story_of_twenty_publishers_counts_once(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        var copies = Enumerable.Range(0, 20).Select(i => (ScoredEvent)new SomeText(i)
        {
            Story = "wire",
            Source = $"publisher {i}",
            Partition = i % 3,
            OccurredAt = SomeText.Noon.AddHours(i),
        }).ToArray();

        // In one batch and across batches.
        foreach (var part in copies.Chunk(7))
        {
            await writer.WriteAsync(SomeBatch.Of(part), default);
        }

        Assert.Equal(20L, await database.ScalarAsync<long>("SELECT count(*) FROM scored_events"));
        Assert.Equal(
            ["all|1", "data_breach|1"],
            await database.RowsAsync(
                "SELECT category, sum(texts) FROM reputation_rollup WHERE institution_id = 'kb_bank' GROUP BY 1 ORDER BY 1"));
        await Recount.AssertEqualsRollupsAsync(database);
    }

    [Theory, EveryPostgres]
    public async Task A_copy_counts_again_after_72_hours(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        double[] hours = [0, 72, 72.1, 144, 144.05, 144.2];

        foreach (var (hour, offset) in hours.Select((hour, i) => (hour, i)))
        {
            await writer.WriteAsync(
                SomeBatch.Of(new SomeText(offset) { Story = "wire", OccurredAt = SomeText.Noon.AddHours(hour) }), default);
        }

        Assert.Equal(
            ["0|True", "1|False", "2|True", "3|False", "4|False", "5|True"],
            await database.RowsAsync("""SELECT "offset", counted FROM negative_mentions ORDER BY 1"""));
    }

    [Theory, EveryPostgres]
    public async Task An_earlier_copy_that_comes_late_takes_the_place_of_the_counted_one(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        await writer.WriteAsync(
            SomeBatch.Of(new SomeText(1) { Story = "wire", OccurredAt = SomeText.Noon.AddHours(60) }), default);

        var result = await writer.WriteAsync(SomeBatch.Of(new SomeText(2) { Story = "wire" }), default);

        Assert.Equal(1, result.Counted);
        Assert.Equal(
            ["1|False", "2|True"],
            await database.RowsAsync("""SELECT "offset", counted FROM negative_mentions ORDER BY 1"""));
        await Recount.AssertEqualsRollupsAsync(database);
    }

    [Theory, EveryPostgres]
    public async Task A_repeated_complaint_of_one_customer_counts_once_in_seven_days(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        var complaint = new SomeText(0) { Kind = MessageKind.Complaint, Story = "앱이 안 돼요", CustomerRef = "c-1" };

        await writer.WriteAsync(
            SomeBatch.Of(
                complaint,
                complaint with { Offset = 1, OccurredAt = SomeText.Noon.AddDays(7) },
                complaint with { Offset = 2, OccurredAt = SomeText.Noon.AddDays(7.1) },
                complaint with { Offset = 3, CustomerRef = "c-2" },
                complaint with { Offset = 4, CustomerRef = null },
                complaint with { Offset = 5, CustomerRef = null }),
            default);

        Assert.Equal(
            ["0", "2", "3", "4", "5"],
            await database.RowsAsync("""SELECT "offset" FROM negative_mentions WHERE counted ORDER BY 1"""));
        await Recount.AssertEqualsRollupsAsync(database);
    }

    [Theory, EveryPostgres]
    public async Task A_text_counts_for_each_of_its_institutions_on_its_own(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);

        await writer.WriteAsync(
            SomeBatch.Of(
                new SomeText(1) { Story = "wire", Institutions = [new("kb_bank", 90)] },
                new SomeText(2) { Story = "wire", Institutions = [new("kb_bank", 90), new("shinhan", 80)] }),
            default);

        Assert.Equal(
            ["kb_bank|1", "shinhan|2"],
            await database.RowsAsync(
                """SELECT institution_id, "offset" FROM negative_mentions WHERE counted ORDER BY 1"""));
    }

    [Theory, EveryPostgres]
    public async Task Rollups_equal_a_recount_whatever_the_order_of_arrival(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        var random = new Random(20261126);
        string[]? expected = null;
        var texts = SomeTexts(random, 120);

        for (var round = 0; round < 6; round++)
        {
            await database.ExecuteAsync("TRUNCATE scored_events, negative_mentions, reputation_rollup, pending_looks");
            random.Shuffle(texts);
            foreach (var part in texts.Chunk(random.Next(1, 40)))
            {
                await writer.WriteAsync(SomeBatch.Of(part), default);
            }

            await Recount.AssertEqualsRollupsAsync(database);
            expected ??= await Recount.StoredAsync(database);
            Assert.Equal(expected, await Recount.StoredAsync(database));
        }
    }

    [Theory, EveryPostgres]
    public async Task Writers_side_by_side_neither_deadlock_nor_count_twice(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        var random = new Random(7);

        for (var round = 0; round < 5; round++)
        {
            var texts = SomeTexts(random, 200, firstOffset: round * 1000);

            // The same records in every writer, as after a rebalance with a late owner, each in an order of its own.
            await Task.WhenAll(Enumerable.Range(0, 3).Select(async seed =>
            {
                var own = texts.ToArray();
                new Random(seed).Shuffle(own);
                await using var writer = new EventWriter(database.Source, Options);
                foreach (var part in own.Chunk(20))
                {
                    await writer.WriteAsync(SomeBatch.Of(part), default);
                }
            }));

            await Recount.AssertEqualsRollupsAsync(database);
        }

        Assert.Equal(1000L, await database.ScalarAsync<long>("SELECT count(*) FROM scored_events"));
    }

    private static ScoredEvent[] SomeTexts(Random random, int count, int firstOffset = 0) =>
    [
        .. Enumerable.Range(firstOffset, count).Select(offset => new SomeText(offset)
        {
            Kind = random.Next(3) == 0 ? MessageKind.Complaint : MessageKind.News,
            Partition = random.Next(2),
            Story = $"story {random.Next(12)}",
            CustomerRef = random.Next(4) == 0 ? null : $"c-{random.Next(2)}",
            OccurredAt = SomeText.Noon.AddHours(random.Next(0, 400)),
            Institutions = [new("kb_bank", random.Next(20, 100)), new("shinhan", random.Next(20, 100))],
            Negative = random.Next(5) == 0 ? 0.1f : 0.9f,
            Reputation = random.Next(2) == 0 ? ["data_breach"] : ["misselling", "it_outage"],
        }.Build()),
    ];
}
