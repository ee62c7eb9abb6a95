using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>Workers come and go: four numbers from 1 to 4 one after the other.</summary>
internal sealed class RebalanceStorm : IFault
{
    private const int Changes = 4;
    private const int MostWorkers = 4;

    public string Name => "rebalance-storm";

    public async Task InjectAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        for (var change = 0; change < Changes; change++)
        {
            await world.Fleet.ScaleAsync(1 + random.Next(MostWorkers));
            await Moments.SomeRecordsAsync(world, random, 80);
        }

        await world.Fleet.ScaleAsync(world.Options.Workers);
    }
}
