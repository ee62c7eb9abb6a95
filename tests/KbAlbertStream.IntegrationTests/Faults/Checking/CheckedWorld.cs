using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>A world to which nothing happened, at rest, and what a second worker made of the same log.</summary>
public sealed class CheckedWorld : IAsyncLifetime
{
    private const int Records = 2 * Load.LoadScript.SpikeEvery;

    private FaultWorld? _world;
    private SqlQuery? _reference;
    private LogSnapshot? _log;

    internal FaultWorld World => _world!;

    internal SqlQuery Reference => _reference!;

    internal LogSnapshot Log => _log!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        _world = await FaultWorld.StartAsync(new WorldOptions { Workers = 1, PerSecond = 100 }, token);
        await Patiently.UntilAsync(
            () => Task.FromResult(_world.Load.Ledger.Count >= Records ? "" : "records"), _world.Options.Patience);
        await _world.Load.StopAsync();
        await _world.PassesAsync(_world.Load.Ledger.Ends());
        await _world.OwesNothingAsync();
        await _world.Fleet.ScaleAsync(0);
        _reference = await ReferenceRun.FillAsync(_world, token);
        _log = LogSnapshot.Read(_world.Brokers.BootstrapServers);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await (_world?.DisposeAsync() ?? ValueTask.CompletedTask);
}
