using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.IntegrationTests.Storage;

/// <summary>What is stored follows from the set of records, not from how they came.</summary>
public sealed class VersionOrderTests(PostgresServers servers)
{
    private static readonly EventWriterOptions Options = new();

    [Theory, EveryPostgres]
    public async Task Any_order_of_arrival_and_any_batches_give_the_same_tables(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        var random = new Random(20261127);
        for (var set = 0; set < 3; set++)
        {
            var records = Records(random, 120);
            string[]? expected = null;
            for (var order = 0; order < 6; order++)
            {
                await VersionTables.EmptyAsync(database);
                random.Shuffle(records);
                foreach (var part in records.Chunk(random.Next(1, 40)))
                {
                    await writer.WriteAsync(BatchOf(part), default);
                }

                await Recount.AssertEqualsRollupsAsync(database);
                expected ??= await VersionTables.ReadAsync(database);
                Assert.Equal(expected, await VersionTables.ReadAsync(database));
            }
        }
    }

    [Theory, EveryPostgres]
    public async Task Writers_side_by_side_with_versions_of_the_same_texts_agree(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        var records = Records(new Random(5), 400);
        await using (var writer = new EventWriter(database.Source, Options))
        {
            await writer.WriteAsync(BatchOf(records), default);
        }

        var expected = await VersionTables.ReadAsync(database);
        await VersionTables.EmptyAsync(database);

        // The same records in every writer, as after a rebalance with a late owner, each in an order of its own.
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async seed =>
        {
            var own = records.ToArray();
            new Random(seed).Shuffle(own);
            await using var writer = new EventWriter(database.Source, Options);
            foreach (var part in own.Chunk(25))
            {
                await writer.WriteAsync(BatchOf(part), default);
            }
        }));

        Assert.Equal(expected, await VersionTables.ReadAsync(database));
    }

    // An id about three times, a record time about twice, copies of stories, some withdrawals.
    private static object[] Records(Random random, int count) =>
    [
        .. Enumerable.Range(0, count).Select(offset =>
        {
            var text = new SomeText(offset)
            {
                Id = $"id {random.Next(count / 3)}",
                Kind = random.Next(3) == 0 ? MessageKind.Complaint : MessageKind.News,
                Partition = random.Next(2),
                RecordedAt = SomeText.Noon.AddMinutes(random.Next(count / 2)),
                Story = $"story {random.Next(12)}",
                CustomerRef = random.Next(4) == 0 ? null : $"c-{random.Next(2)}",
                OccurredAt = SomeText.Noon.AddHours(random.Next(0, 300)),
                Institutions = [new("kb_bank", random.Next(20, 100)), new("shinhan", random.Next(20, 100))],
                Negative = random.Next(4) == 0 ? 0.1f : 0.9f,
                Reputation = random.Next(2) == 0 ? ["data_breach"] : ["misselling", "it_outage"],
            };
            return random.Next(6) == 0
                ? (object)new Withdrawal(text.Build().Position, text.Id!)
                : text.Build();
        }),
    ];

    private static EventBatch BatchOf(object[] records) => SomeBatch.Of(records.OfType<ScoredEvent>()) with
    {
        Withdrawals = [.. records.OfType<Withdrawal>()],
    };
}
