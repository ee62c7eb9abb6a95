using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>Nobody takes webhook posts for an hour of event time, in which alerts open.</summary>
internal sealed class DownReceiver : IFault
{
    public string Name => "receiver-down";

    public async Task InjectAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        world.Receiver.GoDown();
        var until = world.Load.EventTime + TimeSpan.FromHours(1);
        await Patiently.UntilAsync(
            async () => world.Load.EventTime < until ? "an hour" : await WaitingAsync(world) == 0 ? "an alert that waits" : "",
            world.Options.Patience);
        world.Receiver.ComeBack();
        await Patiently.UntilAsync(
            async () => await WaitingAsync(world) == 0 ? "" : "deliveries", world.Options.Patience);
    }

    private static Task<long> WaitingAsync(FaultWorld world) => world.Database.Query.ScalarAsync<long>(
        "SELECT count(*) FROM alert_deliveries WHERE sink = 'webhook' AND state = 'pending' AND last_error IS NOT NULL");
}
