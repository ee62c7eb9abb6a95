using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Schema;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>A database for one test, dropped at its end.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly string _name;

    private PostgresDatabase(PostgresServer server, string name)
    {
        _server = server;
        _name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString;
        Source = StorageDataSource.Create(ConnectionString);
    }

    /// <summary>Connects to the database as a superuser.</summary>
    public string ConnectionString { get; }

    /// <summary>A data source like the service's.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>Makes a database.</summary>
    public static async Task<PostgresDatabase> CreateAsync(PostgresServer server, bool migrated)
    {
        var name = $"kbas_{Guid.NewGuid():N}";
        await ExecuteAsync(server, $"CREATE DATABASE {name}");
        var database = new PostgresDatabase(server, name);
        if (migrated)
        {
            await new SchemaMigrator(database.Source).MigrateAsync(TestContext.Current.CancellationToken);
        }

        return database;
    }

    /// <summary>A backup of the database as it is now. Nobody may be connected but the tests.</summary>
    public async Task<string> BackUpAsync()
    {
        var copy = $"{_name}_{Guid.NewGuid():N}"[..60];
        Source.Clear();
        await ExecuteAsync(
            _server, $"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{_name}'");
        await ExecuteAsync(_server, $"CREATE DATABASE {copy} TEMPLATE {_name}");
        return copy;
    }

    /// <summary>Puts a backup in the place of the database, whoever is connected to it.</summary>
    public async Task RestoreAsync(string backup)
    {
        await ExecuteAsync(_server, $"DROP DATABASE {_name} WITH (FORCE)");
        await ExecuteAsync(_server, $"ALTER DATABASE {backup} RENAME TO {_name}");
        Source.Clear();
    }

    /// <summary>Runs a statement.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The single value that a query gives.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The rows of a query, each as its columns' texts joined by <c>|</c>.</summary>
    public async Task<string[]> RowsAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount)
                .Select(i => FormattableString.Invariant($"{reader.GetValue(i)}"))));
        }

        return [.. rows];
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await ExecuteAsync(_server, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
    }

    private static async Task ExecuteAsync(PostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
