using System.Diagnostics;
using KbAlbertStream.Demo.Postgres;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Demo;

public sealed class LocalPostgresTests
{
    private static readonly LocalPostgresOptions Options = new() { MayUseApt = false };

    [Fact]
    public async Task Committed_rows_survive_a_stop_and_a_kill_on_the_same_port()
    {
        await using var server = await StartAsync(Options);
        var before = server.ConnectionString;
        await ExecuteAsync(server, "CREATE TABLE t (n int); INSERT INTO t VALUES (1)");

        await server.StopAsync(default);
        await server.StartAgainAsync(default);
        await ExecuteAsync(server, "INSERT INTO t VALUES (2)");
        await server.KillAsync(default);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ExecuteAsync(server, "SELECT 1"));
        await server.StartAgainAsync(default);

        Assert.Equal(before, server.ConnectionString);
        Assert.Equal(2L, await ExecuteAsync(server, "SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task The_database_is_utf8_and_asks_for_a_password()
    {
        await using var server = await StartAsync(Options);

        Assert.Equal("UTF8", await ExecuteAsync(server, "SHOW server_encoding"));
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "guess", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        var e = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync());
        Assert.Equal(PostgresErrorCodes.InvalidPassword, e.SqlState);
    }

    [Fact]
    public async Task Disposing_stops_the_server_and_deletes_its_directory()
    {
        var server = await StartAsync(Options);
        var (directory, connectionString) = (server.Directory, server.ConnectionString);

        await server.DisposeAsync();

        Assert.False(Directory.Exists(directory));
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => connection.OpenAsync());
    }

    [Fact]
    public async Task A_kept_server_goes_on_and_its_directory_can_be_used_again()
    {
        var kept = await StartAsync(Options with { Keep = true });
        await ExecuteAsync(kept, "CREATE TABLE t (n int)");
        await kept.DisposeAsync();
        Assert.Equal(0L, await ExecuteAsync(kept, "SELECT count(*) FROM t"));
        await kept.StopAsync(default);

        await using var again = await StartAsync(Options with { Directory = kept.Directory });

        Assert.Equal(0L, await ExecuteAsync(again, "SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task The_server_and_its_directory_go_when_their_owner_is_killed()
    {
        // What a killed process leaves is a shell at the end of its input.
        var server = await StartAsync(Options with { Keep = true });
        var binaries = await BinaryFinder.FindAsync(Options with { Version = server.Version }, default);
        var account = await ServerAccount.FindAsync(default);
        using var watchdog = Process.Start(Watchdog.Command(account, binaries, server.Directory))!;
        var connectionString = server.ConnectionString;

        watchdog.StandardInput.Close();
        await watchdog.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.False(Directory.Exists(server.Directory));
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => connection.OpenAsync());
    }

    private static async Task<LocalPostgres> StartAsync(LocalPostgresOptions options)
    {
        try
        {
            return await LocalPostgres.StartAsync(options, TestContext.Current.CancellationToken);
        }
        catch (PostgresUnavailableException e)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", e.Message);
            throw;
        }
    }

    private static async Task<object?> ExecuteAsync(LocalPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
