using KbAlbertStream.Core.Messages;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Storage.Writing;

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
        var before = await Rows.EverythingAsync(database);
        var replay = await writer.WriteAsync(batch, default);

        Assert.Equal(new WriteResult(4, 0, 3, 1), first);
        Assert.Equal(new WriteResult(0, 4, 0, 0), replay);
        Assert.Equal(before, await Rows.EverythingAsync(database));
    }

    [Theory, EveryPostgres]
    public async Task A_rehearsal_leaves_nothing_and_the_next_batch_is_written(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        var months = await MonthsAsync();
        var before = await Rows.EverythingAsync(database);
        var batch = SomeBatch.Of(new SomeText(1), new SomeText(2) { Kind = MessageKind.Complaint, CustomerRef = "c-1" });

        await writer.RehearseAsync(batch, default);
        await writer.RehearseAsync(batch, default);

        Assert.Equal(before, await Rows.EverythingAsync(database));
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
    public async Task A_record_that_comes_twice_in_a_batch_is_one_row(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);

        var result = await writer.WriteAsync(SomeBatch.Of(new SomeText(1), new SomeText(1)), default);

        Assert.Equal(new WriteResult(1, 1, 1, 0), result);
        await Recount.AssertEqualsRollupsAsync(database);
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
}
