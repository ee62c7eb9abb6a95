using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>PostgreSQL is away for a while: stopped in order, started again.</summary>
internal sealed class StoppedDatabase(TimeSpan time) : IFault
{
    public string Name => "postgres-stopped";

    // It lasts long, and a world holds all that was ever published.
    public WorldOptions World => new() { PerSecond = 20 };

    public async Task InjectAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        await world.Database.StopAsync();
        await Moments.LastAsync(time, cancellationToken);
        await world.Database.StartAgainAsync();
    }
}
