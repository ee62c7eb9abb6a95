using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace KbAlbertStream.IntegrationTests.Storage;

public sealed class SchemaMigratorTests(PostgresServers servers)
{
    [Theory, EveryPostgres]
    public async Task An_empty_database_lacks_every_migration(string version)
    {
        await using var database = await servers.NewEmptyDatabaseAsync(version);

        var state = await new SchemaMigrator(database.Source).GetStateAsync(default);

        Assert.False(state.IsReady);
        Assert.Null(state.Version);
        Assert.Equal("0001", state.Pending[0]);
    }

    [Theory, EveryPostgres]
    public async Task Migrating_twice_runs_every_file_once(string version)
    {
        await using var database = await servers.NewEmptyDatabaseAsync(version);
        var migrator = new SchemaMigrator(database.Source);

        var first = await migrator.MigrateAsync(default);
        var second = await migrator.MigrateAsync(default);

        Assert.NotEmpty(first);
        Assert.Empty(second);
        var state = await migrator.GetStateAsync(default);
        Assert.True(state.IsReady);
        Assert.Equal(first[^1], state.Version);
    }

    [Theory, EveryPostgres]
    public async Task Two_processes_may_migrate_at_the_same_time(string version)
    {
        await using var database = await servers.NewEmptyDatabaseAsync(version);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(
            _ => Task.Run(() => new SchemaMigrator(database.Source).MigrateAsync(default))));

        Assert.True((await new SchemaMigrator(database.Source).GetStateAsync(default)).IsReady);
    }

    [Theory, EveryPostgres]
    public async Task A_schema_of_a_newer_build_is_ready_and_named(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await database.ExecuteAsync("INSERT INTO schema_migrations VALUES ('9999_future', '99')");

        var state = await new SchemaMigrator(database.Source).GetStateAsync(default);

        Assert.True(state.IsReady);
        Assert.Equal(["9999_future"], state.Unknown);
    }

    [Theory, EveryPostgres]
    public async Task The_model_asks_for_nothing_that_the_migrations_lack(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var context = EventsDbContext.For(database.Source);

        Assert.False(context.Database.HasPendingModelChanges());
        Assert.Empty(await context.Events.ToListAsync());
        Assert.Empty(await context.EntityDays.ToListAsync());
    }

    [Theory, EveryPostgres]
    public async Task Every_table_and_column_has_a_comment(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await database.ExecuteAsync("SELECT ensure_event_month('news', '2026-11-26Z')");

        var bare = await database.RowsAsync(
            """
            SELECT c.relname, a.attname
            FROM pg_class AS c
            LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
              AND (obj_description(c.oid, 'pg_class') IS NULL OR col_description(c.oid, a.attnum) IS NULL)
            """);

        Assert.Empty(bare);
    }
}
