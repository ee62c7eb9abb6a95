using System.Collections.Concurrent;
using KbAlbertStream.IntegrationTests.Support;

[assembly: AssemblyFixture(typeof(PostgresServers))]

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>
/// Real PostgreSQL servers, one a version, started when the first test asks and stopped after the last. Every test
/// gets a database of its own.
/// </summary>
public sealed class PostgresServers : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<PostgresServer?>>> _servers = new();

    /// <summary>
    /// A new, migrated database on a server of a version. Without such a server the test is skipped; in CI it fails.
    /// </summary>
    /// <param name="version">A major version, or <see cref="PostgresVersions.Any"/>.</param>
    public async Task<PostgresDatabase> NewDatabaseAsync(string version = PostgresVersions.Any) =>
        await PostgresDatabase.CreateAsync(await RequireAsync(version), migrated: true);

    /// <summary>A new database without a schema.</summary>
    public async Task<PostgresDatabase> NewEmptyDatabaseAsync(string version = PostgresVersions.Any) =>
        await PostgresDatabase.CreateAsync(await RequireAsync(version), migrated: false);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            if (await server.Value is { } started)
            {
                await started.DisposeAsync();
            }
        }
    }

    private async Task<PostgresServer> RequireAsync(string version)
    {
        var server = await _servers.GetOrAdd(version, key => new(() => PostgresSources.StartAsync(key))).Value;
        if (server is null)
        {
            var reason = $"no PostgreSQL {version}: set KBAS_TEST_POSTGRES, or install the server, npm or Docker";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", reason);
            Assert.Fail(reason);
        }

        return server;
    }
}
