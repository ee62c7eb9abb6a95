using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>The network to the broker stands still for longer than a session; half of the time it then cuts everything.</summary>
internal sealed class StalledBroker : IFault
{
    public string Name => "broker-stalled";

    public async Task InjectAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        var door = world.Brokers.Nodes[0].Door;
        door.Stall();
        await Moments.LastAsync(world.Options.SessionTimeout + Moments.Between(random, -3, 6), cancellationToken);
        if (random.Next(2) == 0)
        {
            door.Refuse();
            door.Listen();
        }

        door.Resume();
    }
}
