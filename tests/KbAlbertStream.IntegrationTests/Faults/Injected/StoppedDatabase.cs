using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>PostgreSQL is away for a while: stopped in order, started again.</summary>
internal sealed class StoppedDatabase(TimeSpan time) : IFault
{
    public string Name => "postgres-stopped";

    // It lasts long: a world holds all that was ever published, and at the usual pace two minutes would be most of a day.
    public WorldOptions World => new() { PerSecond = 20, EventStep = TimeSpan.FromSeconds(2) };

    public async Task InjectAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        await world.Database.StopAsync();
        await Moments.LastAsync(time, cancellationToken);
        await world.Database.StartAgainAsync();
    }
}
