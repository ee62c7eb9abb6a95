using KbAlbertStream.Storage;
using KbAlbertStream.Tests.Support;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>A login with one of the roles of deploy/postgres/roles.sql and nothing else, dropped at its end.</summary>
internal sealed class RoleLogin : IAsyncDisposable
{
    public const string Owner = "kbas_owner";
    public const string Writer = "kbas_writer";
    public const string Reader = "kbas_reader";

    private const string Password = "secret-of-a-role";

    // Roles belong to the whole server: two tests that make them at the same time would trip over each other.
    private static readonly SemaphoreSlim One = new(1);

    private readonly PostgresDatabase _database;
    private readonly string _name;

    private RoleLogin(PostgresDatabase database, string name, string connectionString)
    {
        _database = database;
        _name = name;
        ConnectionString = connectionString;
        Source = StorageDataSource.Create(connectionString);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource Source { get; }

    /// <summary>Runs roles.sql as the server's administrator.</summary>
    public static async Task ApplyRolesAsync(PostgresDatabase database)
    {
        var sql = await File.ReadAllTextAsync(Repository.PathOf("deploy", "postgres", "roles.sql"));
        await One.WaitAsync();
        try
        {
            await database.ExecuteAsync(sql);
        }
        finally
        {
            One.Release();
        }
    }

    /// <summary>Makes the login, its role's rights up to date.</summary>
    public static async Task<RoleLogin> CreateAsync(PostgresDatabase database, string role)
    {
        await ApplyRolesAsync(database);
        return await OfMemberAsync(database, role);
    }

    /// <summary>Makes the login as it is; a role of an earlier version may have been left by roles.sql.</summary>
    public static async Task<RoleLogin> OfMemberAsync(PostgresDatabase database, string role)
    {
        var name = $"kbas_{Guid.NewGuid():N}";
        await database.ExecuteAsync($"CREATE ROLE {name} LOGIN PASSWORD '{Password}' IN ROLE {role}");
        var login = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = name, Password = Password };
        if (role == Owner)
        {
            // What it makes belongs to the role, not to whoever happens to migrate.
            login.Options = $"-c role={Owner}";
        }

        return new RoleLogin(database, name, login.ConnectionString);
    }

    /// <summary>Runs a statement.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The server must refuse the statement for want of a right, and for nothing else.</summary>
    public async Task MayNotAsync(string sql)
    {
        var e = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(sql));
        Assert.True(e.SqlState == PostgresErrorCodes.InsufficientPrivilege, $"{sql}: {e.SqlState} {e.MessageText}");
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();

        // A session lets go of its temporary table when it has ended, which it does in its own time.
        await _database.ExecuteAsync(
            $"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = '{_name}'");
        await _database.ExecuteAsync($"DROP ROLE {_name}");
    }
}
