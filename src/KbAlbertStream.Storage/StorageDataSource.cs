using Npgsql;

namespace KbAlbertStream.Storage;

/// <summary>Makes the one data source that a process shares between its writers and readers.</summary>
public static class StorageDataSource
{
    /// <summary>
    /// A data source for a connection string. Statements that come back are prepared, the application has a name in
    /// <c>pg_stat_activity</c>, and a connection that idles through a firewall is kept alive; what the connection
    /// string says itself stands. Throws <see cref="ArgumentException"/> for one that cannot be read.
    /// </summary>
    public static NpgsqlDataSource Create(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Enlist = false };
        if (given.ApplicationName is null)
        {
            settings.ApplicationName = "kbalbertstream";
        }

        if (given.MaxAutoPrepare == 0)
        {
            settings.MaxAutoPrepare = 32;
            settings.AutoPrepareMinUsages = 2;
        }

        if (given.KeepAlive == 0)
        {
            settings.KeepAlive = 30;
        }

        return NpgsqlDataSource.Create(settings);
    }
}
