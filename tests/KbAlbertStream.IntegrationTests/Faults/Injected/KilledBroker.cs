using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>kill -9 of the only broker, which starts again a moment later.</summary>
internal sealed class KilledBroker : IFault
{
    public string Name => "broker-killed";

    public async Task InjectAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        var node = world.Brokers.Nodes[0];
        await node.KillAsync();
        await Moments.LastAsync(Moments.Between(random, 0, 3), cancellationToken);
        node.Start();
        await world.Brokers.AnswersAsync();
    }
}
