using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>
/// Everything is read-only for a while and every session is cut: what a fail-over to a standby looks like before the
/// standby is promoted (SQLSTATE 25006 for every write).
/// </summary>
internal sealed class ReadOnlyDatabase : IFault
{
    public string Name => "postgres-read-only";

    public async Task InjectAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        await SetAsync(world, "on");
        await Moments.LastAsync(Moments.Between(random, 2, 6), cancellationToken);
        await SetAsync(world, "off");
    }

    private static async Task SetAsync(FaultWorld world, string readOnly)
    {
        await world.Database.Query.ExecuteAsync($"ALTER SYSTEM SET default_transaction_read_only = {readOnly}");
        await world.Database.Query.ExecuteAsync("SELECT pg_reload_conf()");

        // A session takes the new setting up when it is idle: the next one sees it.
        await Patiently.UntilAsync(
            async () => await world.Database.Query.ScalarAsync<string>("SHOW default_transaction_read_only") == readOnly
                ? "" : "the setting",
            world.Options.Patience);
        await world.Database.Query.ExecuteAsync(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
            """);
    }
}
