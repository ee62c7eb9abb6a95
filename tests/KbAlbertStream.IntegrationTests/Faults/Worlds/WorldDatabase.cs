using KbAlbertStream.Demo.Postgres;
using KbAlbertStream.Storage.Schema;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>
/// A real PostgreSQL of a world's own, with durable commits. Workers reach it through a proxy; the tests reach it
/// directly, and again after it was killed.
/// </summary>
internal sealed class WorldDatabase : IAsyncDisposable
{
    private const string Name = "faults";

    private readonly LocalPostgres _server;

    private WorldDatabase(LocalPostgres server, SmallDisk? disk)
    {
        _server = server;
        Disk = disk;
        var direct = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = Name, Timeout = 5 };
        Door = TcpProxy.To(direct.Port);
        Query = new SqlQuery(direct.ConnectionString);
        WorkerConnectionString = new NpgsqlConnectionStringBuilder(direct.ConnectionString)
        {
            Port = Door.Port,
            Timeout = 5,
            CommandTimeout = 10,
        }.ConnectionString;
    }

    /// <summary>Where the rows live; null when this machine lets nobody mount one.</summary>
    public SmallDisk? Disk { get; }

    /// <summary>The proxy that the workers go through.</summary>
    public TcpProxy Door { get; }

    /// <summary>Questions to the workers' database.</summary>
    public SqlQuery Query { get; }

    /// <summary>How the workers connect.</summary>
    public string WorkerConnectionString { get; }

    public static async Task<WorldDatabase> StartAsync(CancellationToken cancellationToken)
    {
        var server = await LocalPostgres.StartAsync(new LocalPostgresOptions { MayUseApt = false }, cancellationToken);
        var disk = await SmallDisk.TryMountAsync();
        var admin = new SqlQuery(server.ConnectionString);
        if (disk is not null)
        {
            var account = await ServerAccount.FindAsync(cancellationToken);
            await account.OwnAsync(disk.Folder, cancellationToken);
            await admin.ExecuteAsync($"CREATE TABLESPACE small LOCATION '{disk.Folder}'");
        }

        await admin.ExecuteAsync($"CREATE DATABASE {Name}{(disk is null ? "" : " TABLESPACE small")}");
        var database = new WorldDatabase(server, disk);
        await MigrateAsync(database.Query, cancellationToken);
        return database;
    }

    /// <summary>A new, migrated database on the same server, away from the small disk.</summary>
    public async Task<SqlQuery> NewDatabaseAsync(CancellationToken cancellationToken)
    {
        var copy = await CreateAsync("TEMPLATE template0 TABLESPACE pg_default");
        await MigrateAsync(copy, cancellationToken);
        return copy;
    }

    /// <summary>A copy of the workers' database; nobody may be connected to it.</summary>
    public Task<SqlQuery> CopyAsync() => CreateAsync($"TEMPLATE {Name}");

    /// <summary>kill -9 of the server.</summary>
    public Task KillAsync() => _server.KillAsync(CancellationToken.None);

    /// <summary>Stops the server in order; clients are cut off.</summary>
    public Task StopAsync() => _server.StopAsync(CancellationToken.None);

    /// <summary>Starts it again on the same data.</summary>
    public Task StartAgainAsync() => _server.StartAgainAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Door.DisposeAsync();
        await _server.DisposeAsync();
        await (Disk?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static async Task MigrateAsync(SqlQuery query, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(query.ConnectionString);
        await new SchemaMigrator(source).MigrateAsync(cancellationToken);
    }

    private async Task<SqlQuery> CreateAsync(string how)
    {
        var name = $"db_{Guid.NewGuid():N}";
        await new SqlQuery(_server.ConnectionString).ExecuteAsync($"CREATE DATABASE {name} {how}");
        return new SqlQuery(
            new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = name }.ConnectionString);
    }
}
