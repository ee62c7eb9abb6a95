using Npgsql;

namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>Plain SQL on a connection of its own each time: nothing is left over from a server that was killed.</summary>
internal sealed class SqlQuery(string connectionString)
{
    public string ConnectionString { get; } = new NpgsqlConnectionStringBuilder(connectionString)
    {
        Pooling = false,
        IncludeErrorDetail = true,
    }.ConnectionString;

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql) => (T)(await RowsAsync(sql, reader => reader.GetValue(0)))[0];

    /// <summary>The rows, each as its columns' texts joined by <c>|</c>.</summary>
    public Task<List<string>> TextsAsync(string sql) => RowsAsync(
        sql,
        reader => string.Join('|', Enumerable.Range(0, reader.FieldCount)
            .Select(i => FormattableString.Invariant($"{Shown(reader.GetValue(i))}"))));

    public async Task<List<T>> RowsAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static object Shown(object value) => value switch
    {
        DateTime time => time.ToString("O"),
        string[] texts => string.Join(',', texts),
        _ => value,
    };
}
