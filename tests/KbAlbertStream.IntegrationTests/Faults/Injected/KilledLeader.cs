using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>kill -9 of the broker that leads a partition: one of three, another takes over; it comes back later.</summary>
internal sealed class KilledLeader : IFault
{
    public string Name => "leader-killed";

    public WorldOptions World => new() { Nodes = 3 };

    public async Task InjectAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        var partition = WorldTopics.Partitions[random.Next(WorldTopics.Partitions.Count)];
        var leader = world.Brokers.LeaderOf(partition.Topic, partition.Partition.Value);
        await leader.KillAsync();

        // The load goes on without it, and so must the rows: the new leaders are read from before the old one is back.
        await world.PassesAsync(world.Load.Ledger.Ends());
        await Moments.SomeRecordsAsync(world, random, 100);
        leader.Start();
        await world.Brokers.AnswersAsync();
        await world.Brokers.AllInSyncAsync();
    }
}
