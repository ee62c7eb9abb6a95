using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Storage.Writing;

/// <summary>The two ways into the table: straight, and over a temporary one.</summary>
public sealed class EventInsertTests(PostgresServers servers)
{
    private static readonly EventWriterOptions Options = new();

    [Theory, EveryPostgres]
    public async Task Both_ways_write_the_same_rows_and_find_the_same(string version)
    {
        var earlier = SomeBatch.Of(new SomeText(1) { Id = "a" }, new SomeText(2) { Id = "b" }) with
        {
            Withdrawals = [SomeBatch.Withdrawal("w", 3)],
        };
        var batch = SomeBatch.Of(
            new SomeText(13) { Id = "c", RecordedAt = SomeText.Noon.AddMonths(1) }, new SomeText(10) { Id = "c" },
            new SomeText(12) { Kind = MessageKind.Complaint, Id = "a" }, new SomeText(11) { Id = "a" }) with
        {
            Withdrawals = [SomeBatch.Withdrawal("w", 3), SomeBatch.Withdrawal("x", 14), SomeBatch.Withdrawal("b", 15)],
        };

        var (direct, directRows) = await RunAsync((transaction, given) =>
            DirectInsert.TryRunAsync(transaction, given, Options, default));
        var (staged, stagedRows) = await RunAsync(async (transaction, given) =>
            await StagedInsert.RunAsync(transaction.Connection!, given, Options, default));

        Assert.Equal(stagedRows, directRows);
        Assert.Equal(4, direct.Inserted.Length);
        Assert.Equal(staged.Inserted, direct.Inserted);
        Assert.Equal([14L, 15L], direct.Withdrawals.Select(withdrawal => withdrawal.Position.Offset));
        Assert.Equal(staged.Withdrawals, direct.Withdrawals);
        Assert.Equal(staged.Newest.ToHashSet(), direct.Newest.ToHashSet());
        Assert.Equal(["a", "b"], direct.Met.Select(text => text.ExternalId).Order());
        Assert.Equal(staged.Met.ToHashSet(), direct.Met.ToHashSet());

        async Task<(InsertedBatch Batch, string[] Rows)> RunAsync(
            Func<NpgsqlTransaction, EventBatch, Task<InsertedBatch?>> insert)
        {
            await using var database = await servers.NewDatabaseAsync(version);
            await using var connection = await OpenAsync(database);
            await new EventMonths().EnsureAsync(connection, batch.Events.AddRange(earlier.Events), default);
            await using var transaction = await connection.BeginTransactionAsync();
            await insert(transaction, earlier);
            var inserted = await insert(transaction, batch);
            await transaction.CommitAsync();
            return (inserted!, [.. await Rows.ContentAsync(database), .. await VersionTables.ReadAsync(database)]);
        }
    }

    [Theory, EveryPostgres]
    public async Task A_text_that_is_there_already_sends_the_batch_over_the_other_way(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        ScoredEvent[] texts = [.. Enumerable.Range(0, 100).Select(offset => new SomeText(offset).Build())];
        await WriteAsync(database, texts[50]);
        await using (var connection = await OpenAsync(database))
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            Assert.Null(await DirectInsert.TryRunAsync(transaction, SomeBatch.Of(texts), Options, default));
            await transaction.CommitAsync(); // The transaction lives on, and nothing was written.
        }

        Assert.Equal(["id-50"], await Rows.IdsAsync(database));

        Assert.Equal(new WriteResult(99, 1, 99, 0), await WriteAsync(database, texts));
        Assert.Equal(100, await Rows.CountAsync(database));
        await Recount.AssertEqualsRollupsAsync(database);
    }

    [Fact]
    public async Task After_a_conflict_batches_are_staged_for_a_while()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var connection = await OpenAsync(database);
        await new EventMonths().EnsureAsync(connection, [new SomeText(0)], default);
        var insert = new EventInsert(Options);

        Assert.False(await IsStagedAsync(0));
        Assert.True(await IsStagedAsync(0)); // a replay
        for (var offset = 1; offset <= 16; offset++)
        {
            Assert.True(await IsStagedAsync(offset));
        }

        Assert.False(await IsStagedAsync(17));

        async Task<bool> IsStagedAsync(long offset)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await insert.RunAsync(transaction, SomeBatch.Of(new SomeText(offset)), default);
            await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM staged_events)", connection);
            var staged = (bool)(await command.ExecuteScalarAsync())!;
            await transaction.CommitAsync();
            return staged;
        }
    }

    [Theory, EveryPostgres]
    public async Task Writers_side_by_side_with_overlapping_batches_lose_and_double_nothing(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        const int Rounds = 20;
        for (var round = 0; round < Rounds; round++)
        {
            // A writer that has met no conflict yet goes straight: these two collide over 20 rows that both are writing.
            var first = round * 60;
            var results = await Task.WhenAll(
                WriteAsync(database, Texts(first, first + 40)), WriteAsync(database, Texts(first + 20, first + 60).Reverse()));

            Assert.Equal(60, results.Sum(result => result.Inserted));
            Assert.Equal(20, results.Sum(result => result.Duplicates));
        }

        Assert.Equal(60 * Rounds, await Rows.CountAsync(database));
        await Recount.AssertEqualsRollupsAsync(database);

        static IEnumerable<ScoredEvent> Texts(int from, int to) => Enumerable.Range(from, to - from).Select(i =>
            new SomeText(i) { Kind = i % 3 == 0 ? MessageKind.Complaint : MessageKind.News, Partition = i % 2 }.Build());
    }

    private static async Task<NpgsqlConnection> OpenAsync(PostgresDatabase database)
    {
        var connection = await database.Source.OpenConnectionAsync();
        await WriterSession.PrepareAsync(connection, default);
        return connection;
    }

    private static async Task<WriteResult> WriteAsync(PostgresDatabase database, params IEnumerable<ScoredEvent> texts)
    {
        await using var writer = new EventWriter(database.Source, Options);
        return await writer.WriteAsync(SomeBatch.Of(texts), default);
    }
}
