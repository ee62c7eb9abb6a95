using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>
/// SIGSTOP of a worker for longer than its session, then SIGCONT: its partitions belong to another by then, and it goes
/// on with the write that it was at.
/// </summary>
internal sealed class FrozenWorker : IFault
{
    public string Name => "worker-frozen";

    public async Task InjectAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        var victim = world.Fleet.Workers[random.Next(world.Fleet.Workers.Count)].Process;
        await victim.SignalAsync("STOP");
        await Moments.LastAsync(world.Options.SessionTimeout + Moments.Between(random, 1, 4), cancellationToken);
        await victim.SignalAsync("CONT");
    }
}
