using System.Globalization;
using KbAlbertStream.Worker.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace KbAlbertStream.Worker.Telemetry;

/// <summary>
/// READY when the service has started, STOPPING when it begins to stop, and WATCHDOG as long as it makes progress: a stuck
/// process is restarted by <c>WatchdogSec</c>, one that waits for a server is not.
/// </summary>
internal sealed class SystemdReport(
    ISystemdNotifier systemd, Progress progress, ServiceOptions options, TimeProvider time) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private Task _watching = Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        systemd.Notify(ServiceState.Ready);
        if (systemd.IsEnabled && WatchdogTime is { } patience)
        {
            // As systemd advises: twice as often as it looks.
            _watching = WatchAsync(patience / 2);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        systemd.Notify(ServiceState.Stopping);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stopped.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose() => _stopped.Dispose();

    private static TimeSpan? WatchdogTime =>
        long.TryParse(
            Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture,
            out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;

    private async Task WatchAsync(TimeSpan pause)
    {
        using var timer = new PeriodicTimer(pause, time);
        do
        {
            if (progress.Age <= options.MaxProgressAge)
            {
                systemd.Notify(new ServiceState("WATCHDOG=1"));
            }
        }
        while (await timer.WaitForNextTickAsync(_stopped.Token));
    }
}
