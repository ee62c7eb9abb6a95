using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Tests.Support;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Storage;

/// <summary>deploy/postgresql/roles.sql gives the service what it needs and no more.</summary>
public sealed class RolesTests(PostgresServers servers)
{
    [Theory, EveryPostgres]
    public async Task The_service_writes_and_makes_months_without_the_right_to_make_tables(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var worker = await LoginAsync(database, "kbas_worker");
        await using var writer = new EventWriter(worker.Source, new EventWriterOptions());
        var early = new SomeText(1) { OccurredAt = SomeText.Noon.AddHours(1), Story = "wire" };

        await writer.WriteAsync(SomeBatch.Of(early), default);
        var result = await writer.WriteAsync(
            SomeBatch.Of(
                new SomeText(2) { Story = "wire" },
                new SomeText(3) { RecordedAt = SomeText.Noon.AddMonths(1), OccurredAt = SomeText.Noon.AddMonths(1) }),
            default);

        Assert.Equal(2, result.Inserted);
        await Recount.AssertEqualsRollupsAsync(database);
        await AssertForbiddenAsync(worker, "CREATE TABLE mine (n int)");
        await AssertForbiddenAsync(worker, "UPDATE scored_events SET title = 'other'");
        await AssertForbiddenAsync(worker, "DELETE FROM scored_events");
    }

    [Theory, EveryPostgres]
    public async Task Analysts_read_and_write_nothing(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var analyst = await LoginAsync(database, "kbas_analyst");

        foreach (var view in new[] { "v_events", "v_entity_daily", "v_open_alerts", "alerts", "reputation_rollup" })
        {
            await using var command = analyst.Source.CreateCommand($"SELECT * FROM {view}");
            await command.ExecuteNonQueryAsync();
        }

        await AssertForbiddenAsync(analyst, "INSERT INTO dead_letters SELECT * FROM dead_letters");
        await AssertForbiddenAsync(analyst, "SELECT ensure_event_month('news', now())");
    }

    private static async Task<Login> LoginAsync(PostgresDatabase database, string role)
    {
        var name = $"kbas_{Guid.NewGuid():N}";
        await database.ExecuteAsync(await File.ReadAllTextAsync(Repository.PathOf("deploy", "postgresql", "roles.sql")));
        await database.ExecuteAsync($"CREATE ROLE {name} LOGIN PASSWORD 'secret' IN ROLE {role}");
        var login = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = name, Password = "secret" };
        return new Login(StorageDataSource.Create(login.ConnectionString), database, name);
    }

    private static async Task AssertForbiddenAsync(Login login, string sql)
    {
        await using var command = login.Source.CreateCommand(sql);
        var e = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, e.SqlState);
    }

    private sealed record Login(NpgsqlDataSource Source, PostgresDatabase Database, string Name) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Source.DisposeAsync();

            // A session lets go of its temporary table when it has ended, which it does in its own time.
            await Database.ExecuteAsync(
                $"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = '{Name}'");
            await Database.ExecuteAsync($"DROP ROLE {Name}");
        }
    }
}
