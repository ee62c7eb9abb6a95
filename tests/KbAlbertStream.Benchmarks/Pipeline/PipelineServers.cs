using System.Globalization;
using KbAlbertStream.Demo.Postgres;
using Npgsql;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>The real broker and the real PostgreSQL of a run, both on this machine and both gone with it.</summary>
internal sealed class PipelineServers : IAsyncDisposable
{
    private int _databases;

    private PipelineServers(BenchBroker broker, LocalPostgres postgres)
    {
        Broker = broker;
        Postgres = postgres;
    }

    public BenchBroker Broker { get; }

    public LocalPostgres Postgres { get; }

    /// <summary>The database server's first process, the parent of all that work for it.</summary>
    public int PostmasterId => int.Parse(
        File.ReadLines(Path.Combine(Postgres.Directory, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>
    /// Starts both. The database server gets memory and log room as a small installation has them, the same for every
    /// contestant; commits reach the disk.
    /// </summary>
    public static async Task<PipelineServers> StartAsync()
    {
        var broker = await BenchBroker.StartAsync();
        try
        {
            var postgres = await LocalPostgres.StartAsync(new LocalPostgresOptions { Say = Console.Error.WriteLine }, default);
            foreach (var setting in (string[])["shared_buffers = '256MB'", "max_wal_size = '4GB'", "track_commit_timestamp = on"])
            {
                await using var server = NpgsqlDataSource.Create(postgres.ConnectionString + ";Pooling=false");
                await using var command = server.CreateCommand($"ALTER SYSTEM SET {setting}");
                await command.ExecuteNonQueryAsync();
            }

            await postgres.StopAsync(default);
            await postgres.StartAgainAsync(default);
            return new PipelineServers(broker, postgres);
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>A fresh database with the schema.</summary>
    public Task<BenchDatabase> NewDatabaseAsync() =>
        BenchDatabase.CreateAsync(Postgres.ConnectionString, $"bench_{Interlocked.Increment(ref _databases)}");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Postgres.DisposeAsync();
        await Broker.DisposeAsync();
    }
}
