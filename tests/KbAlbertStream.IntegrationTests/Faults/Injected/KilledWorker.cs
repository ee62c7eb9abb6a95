using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>kill -9 of a worker, now and then of all at once.</summary>
internal sealed class KilledWorker : IFault
{
    public string Name => "worker-killed";

    public async Task InjectAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        var workers = world.Fleet.Workers;
        var victims = random.Next(4) == 0 ? workers : [workers[random.Next(workers.Count)]];
        var restarts = world.Fleet.Restarts;
        await Task.WhenAll(victims.Select(victim => victim.Process.KillAsync()));
        await Patiently.UntilAsync(
            () => Task.FromResult(world.Fleet.Restarts >= restarts + victims.Count ? "" : "restart"), world.Options.Patience);
    }
}
