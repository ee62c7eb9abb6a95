using System.Globalization;
using Npgsql;

namespace KbAlbertStream.Demo.Postgres;

/// <summary>
/// A private PostgreSQL server on 127.0.0.1 with a password of its own. It ends with this process, however that ends,
/// unless it is to be kept.
/// </summary>
internal sealed class LocalPostgres : IAsyncDisposable
{
    private readonly PostgresCluster _cluster;
    private readonly bool _keep;
    private readonly Watchdog? _watchdog;

    private LocalPostgres(PostgresCluster cluster, bool keep, Watchdog? watchdog)
    {
        _cluster = cluster;
        _keep = keep;
        _watchdog = watchdog;
    }

    /// <summary>The connection string, password included; good as long as the directory exists.</summary>
    public string ConnectionString => _cluster.ConnectionString(PostgresCluster.DatabaseName);

    /// <summary>The major version.</summary>
    public int Version => _cluster.Version;

    /// <summary>Where the server lives: <c>data/</c> and <c>server.log</c>.</summary>
    public string Directory => _cluster.Directory;

    /// <summary>The command with which a user looks at the database.</summary>
    public string PsqlCommand => $"psql '{_cluster.Uri(PostgresCluster.DatabaseName)}'";

    /// <summary>The command that stops a server that was kept.</summary>
    public string StopCommand => $"kill -INT $(head -1 {Directory}/data/postmaster.pid)";

    /// <summary>
    /// Finds or fetches binaries, makes a server and starts it; returns once it takes connections. Throws
    /// <see cref="PostgresUnavailableException"/> with one sentence for the user when that is not possible.
    /// </summary>
    public static async Task<LocalPostgres> StartAsync(LocalPostgresOptions options, CancellationToken cancellationToken)
    {
        var directory = options.Directory ?? System.IO.Directory.CreateTempSubdirectory("kbalbertstream-pg-").FullName;
        var stored = PostgresCluster.StoredVersion(directory);
        var binaries = await BinaryFinder.FindAsync(
            options with { Version = stored ?? options.Version }, cancellationToken);
        var account = await ServerAccount.FindAsync(cancellationToken);
        var watchdog = options.Keep ? null : Watchdog.Start(account, binaries, directory);
        var cluster = new PostgresCluster(binaries, account, directory);
        try
        {
            if (stored is null)
            {
                await cluster.InitializeAsync(options.Durable, options.Certificate, cancellationToken);
            }

            await cluster.StartAsync(cancellationToken);
            await CreateDatabaseAsync(cluster, cancellationToken);
            return new LocalPostgres(cluster, options.Keep, watchdog);
        }
        catch
        {
            await cluster.StopAsync(CancellationToken.None);
            watchdog?.Dispose();
            throw;
        }
    }

    /// <summary>Starts the stopped or killed server again: same port, same data.</summary>
    public Task StartAgainAsync(CancellationToken cancellationToken) => _cluster.StartAsync(cancellationToken);

    /// <summary>Stops the server in order, without waiting for clients; the data stay.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _cluster.StopAsync(cancellationToken);

    /// <summary>Ends the server with kill -9; the data stay, and what was committed with them.</summary>
    public Task KillAsync(CancellationToken cancellationToken) => _cluster.KillAsync(cancellationToken);

    /// <summary>Stops the server and deletes its directory, unless it is to be kept: then both stay.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_keep)
        {
            await _cluster.StopAsync(CancellationToken.None);
            if (System.IO.Directory.Exists(Directory))
            {
                System.IO.Directory.Delete(Directory, recursive: true);
            }
        }

        _watchdog?.Dispose();
    }

    private static async Task CreateDatabaseAsync(PostgresCluster cluster, CancellationToken cancellationToken)
    {
        // Pooled connections would outlive the server and fail the first call after a restart.
        await using var connection = new NpgsqlConnection(cluster.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("SELECT count(*) FROM pg_database WHERE datname = $1", connection);
        exists.Parameters.Add(new() { Value = PostgresCluster.DatabaseName });
        if (Convert.ToInt64(await exists.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) == 0)
        {
            await using var create = new NpgsqlCommand($"CREATE DATABASE {PostgresCluster.DatabaseName}", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
