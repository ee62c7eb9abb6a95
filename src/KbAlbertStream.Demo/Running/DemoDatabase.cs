using KbAlbertStream.Demo.Postgres;

namespace KbAlbertStream.Demo.Running;

/// <summary>The database of a demo: the configured one, else a private server.</summary>
internal sealed class DemoDatabase : IAsyncDisposable
{
    private readonly LocalPostgres? _local;

    private DemoDatabase(string connectionString, LocalPostgres? local)
    {
        ConnectionString = connectionString;
        _local = local;
    }

    /// <summary>The database, as Npgsql is told.</summary>
    public string ConnectionString { get; }

    /// <summary>The command with which a user looks at it.</summary>
    public string PsqlCommand => _local?.PsqlCommand ?? "psql (with your own connection)";

    /// <summary>The command that stops a server that was kept; null for the user's own.</summary>
    public string? StopCommand => _local?.StopCommand;

    /// <summary>Starts one, unless <paramref name="configured"/> names another.</summary>
    /// <exception cref="PostgresUnavailableException">There is none and no way to get one; the message says what to do.</exception>
    public static async Task<DemoDatabase> StartAsync(
        string? configured, bool keep, Action<string> say, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            return new DemoDatabase(configured, null);
        }

        // A kept database is looked at later and should outlive a power cut; one that is deleted need not.
        var local = await LocalPostgres.StartAsync(
            new LocalPostgresOptions { Keep = keep, Durable = keep, Say = say }, cancellationToken).ConfigureAwait(false);
        return new DemoDatabase(local.ConnectionString, local);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_local is not null)
        {
            await _local.DisposeAsync().ConfigureAwait(false);
        }
    }
}
