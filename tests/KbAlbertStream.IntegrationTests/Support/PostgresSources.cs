using System.Globalization;
using KbAlbertStream.Demo.Postgres;
using Npgsql;
using Testcontainers.PostgreSql;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>Where a server comes from: KBAS_TEST_POSTGRES, binaries of the machine, npm's (18), a container.</summary>
internal static class PostgresSources
{
    /// <summary>A server of a version; null when there is no way to one.</summary>
    public static async Task<PostgresServer?> StartAsync(string version) =>
        await TryConfiguredAsync(version) ?? await TryLocalAsync(version) ?? await TryContainerAsync(version);

    private static async Task<PostgresServer?> TryConfiguredAsync(string version)
    {
        if (Environment.GetEnvironmentVariable("KBAS_TEST_POSTGRES") is not { Length: > 0 } connectionString)
        {
            return null;
        }

        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var actual = connection.PostgreSqlVersion.Major.ToString(CultureInfo.InvariantCulture);
        return version == PostgresVersions.Any || version == actual ? new PostgresServer(connectionString, null) : null;
    }

    private static async Task<PostgresServer?> TryLocalAsync(string version)
    {
        var options = new LocalPostgresOptions
        {
            Version = version == PostgresVersions.Any ? null : int.Parse(version, CultureInfo.InvariantCulture),
            Durable = false,
            MayUseApt = false,
        };
        try
        {
            var server = await LocalPostgres.StartAsync(options, CancellationToken.None);
            return new PostgresServer(server.ConnectionString, server);
        }
        catch (PostgresUnavailableException)
        {
            return null;
        }
    }

    private static async Task<PostgresServer?> TryContainerAsync(string version)
    {
        if (!File.Exists("/var/run/docker.sock") && Environment.GetEnvironmentVariable("DOCKER_HOST") is null)
        {
            return null;
        }

        var container = new PostgreSqlBuilder($"postgres:{(version == PostgresVersions.Any ? "18" : version)}").Build();
        await container.StartAsync();
        return new PostgresServer(container.GetConnectionString(), container);
    }
}
