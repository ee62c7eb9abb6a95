using KbAlbertStream.IntegrationTests.Faults.Injected;

namespace KbAlbertStream.IntegrationTests.Faults;

/// <summary>Every fault by name.</summary>
internal static class FaultList
{
    public static IReadOnlyList<IFault> All { get; } =
    [
        new KilledWorker(),
        new FrozenWorker(),
        new RebalanceStorm(),
        new KilledBroker(),
        new KilledLeader(),
        new StalledBroker(),
        new KilledDatabase(),
        new StoppedDatabase(TimeSpan.FromMinutes(2)),
        new ReadOnlyDatabase(),
        new CutCopy(),
        new FullDisk(),
        new RecreatedTopic(),
        new JumpedClock(),
        new DownReceiver(),
    ];

    public static IFault Named(string name) => All.Single(fault => fault.Name == name);
}
