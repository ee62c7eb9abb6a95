using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Schema;
using Npgsql;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>A database of its own, migrated, for one contestant.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    private BenchDatabase(string connectionString)
    {
        ConnectionString = connectionString;
        _source = StorageDataSource.Create(connectionString);
    }

    /// <summary>For Npgsql.</summary>
    public string ConnectionString { get; }

    /// <summary>For libpq: psql and psycopg2.</summary>
    public string Uri
    {
        get
        {
            var given = new NpgsqlConnectionStringBuilder(ConnectionString);
            return $"postgresql://{given.Username}:{given.Password}@{given.Host}:{given.Port}/{given.Database}";
        }
    }

    /// <summary>Makes it.</summary>
    public static async Task<BenchDatabase> CreateAsync(string serverConnectionString, string name)
    {
        await using (var server = NpgsqlDataSource.Create(serverConnectionString + ";Pooling=false"))
        {
            await using var command = server.CreateCommand($"CREATE DATABASE {name}");
            await command.ExecuteNonQueryAsync();
        }

        var own = new NpgsqlConnectionStringBuilder(serverConnectionString) { Database = name };
        var database = new BenchDatabase(own.ConnectionString);
        await new SchemaMigrator(database._source).MigrateAsync(default);
        await database.ExecuteAsync("CREATE TABLE measured (at timestamptz)"); // up to where a phase has been read
        return database;
    }

    /// <summary>The first column of the first row.</summary>
    public async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var command = _source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>All rows of one column.</summary>
    public async Task<List<T>> ColumnAsync<T>(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<T>();
        while (await reader.ReadAsync())
        {
            values.Add(await reader.GetFieldValueAsync<T>(0));
        }

        return values;
    }

    /// <summary>Records worked off, by the positions: rows and dead letters.</summary>
    public Task<long> WorkedOffAsync() =>
        ScalarAsync<long>("SELECT coalesce(sum(next_offset), 0)::bigint FROM partition_progress");

    /// <summary>Forgets connections that a stopped server has cut.</summary>
    public void ForgetConnections() => _source.Clear();

    /// <summary>Runs statements.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
