using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>kill -9 of the PostgreSQL server, which starts again and recovers from its log.</summary>
internal sealed class KilledDatabase : IFault
{
    public string Name => "postgres-killed";

    public async Task InjectAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        await world.Database.KillAsync();
        await world.Database.StartAgainAsync();
    }
}
