using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>Random moments and durations of faults.</summary>
internal static class Moments
{
    /// <summary>Returns when some more records, from none to so many, are acknowledged.</summary>
    public static Task SomeRecordsAsync(FaultWorld world, Random random, int most)
    {
        var count = world.Load.Ledger.Count + random.Next(most);
        return Patiently.UntilAsync(
            () => Task.FromResult(world.Load.Ledger.Count >= count ? "" : "records"), world.Options.Patience);
    }

    /// <summary>The fault itself lasts: a server that is away, a process that stands still.</summary>
    public static Task LastAsync(TimeSpan time, CancellationToken cancellationToken) =>
        Task.Delay(time, TimeProvider.System, cancellationToken);

    public static TimeSpan Between(Random random, double from, double to) =>
        TimeSpan.FromSeconds(from + (random.NextDouble() * (to - from)));
}
