using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>
/// The file system under the rows is full (a tmpfs of the database's own, made as small as what is on it): PostgreSQL
/// refuses with SQLSTATE 53100. Where nobody may mount one, triggers refuse with the same code.
/// </summary>
internal sealed class FullDisk : IFault
{
    public string Name => "disk-full";

    public async Task InjectAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        var refusals = await RefusalsAsync(world);
        await FillAsync(world);
        await Moments.LastAsync(Moments.Between(random, 2, 6), cancellationToken);
        await Patiently.UntilAsync(
            async () => await RefusalsAsync(world) > refusals ? "" : "a refusal", world.Options.Patience);
        await MakeRoomAsync(world);
    }

    private static Task FillAsync(FaultWorld world) => world.Database.Disk?.FillAsync() ?? world.Database.Query.ExecuteAsync(
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$;
        CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON partition_progress EXECUTE FUNCTION refuse()
        """);

    private static Task MakeRoomAsync(FaultWorld world) =>
        world.Database.Disk?.MakeRoomAsync() ?? world.Database.Query.ExecuteAsync("DROP FUNCTION refuse CASCADE");

    /// <summary>How often the workers were refused for want of room, by their own account.</summary>
    private static Task<int> RefusalsAsync(FaultWorld world) =>
        Task.FromResult(world.Fleet.Workers.Sum(worker => worker.Process.Output.Split("53100").Length - 1));
}
