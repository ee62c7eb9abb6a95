using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Storage.Writing;

/// <summary>What the writer throws, and that it goes on afterwards.</summary>
public sealed class WriteFaultsTests(PostgresServers servers)
{
    private static readonly EventWriterOptions Options = new();

    [Theory, EveryPostgres]
    public async Task What_the_server_refuses_is_bad_data_and_writes_nothing(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        await writer.WriteAsync(SomeBatch.Of(new SomeText(1)), default);
        var before = await Rows.EverythingAsync(database);

        foreach (var refused in new[] { "a\0b", "half \ud83d of a pair" })
        {
            var batch = SomeBatch.Of(new SomeText(2), new SomeText(3) { Title = refused });
            var e = await Assert.ThrowsAnyAsync<Exception>(() => writer.WriteAsync(batch, default));
            Assert.Equal(DatabaseFault.BadData, DatabaseFaults.Classify(e));
        }

        Assert.Equal(before, await Rows.EverythingAsync(database));
        Assert.Equal(1, (await writer.WriteAsync(SomeBatch.Of(new SomeText(2)), default)).Inserted);
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
}
