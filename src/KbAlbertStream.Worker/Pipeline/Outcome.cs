using Microsoft.Extensions.Hosting;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>
/// How the service ended. A faulted background service stops the host, and the process would still exit with 0: whoever
/// runs the host asks here for its exit code.
/// </summary>
internal sealed class Outcome
{
    private int _code = (int)ExitCode.Done;

    /// <summary>The exit code; the first failure stays.</summary>
    public ExitCode Code => (ExitCode)Volatile.Read(ref _code);

    /// <summary>Notes the faults of background services that said nothing themselves.</summary>
    public void Examine(IEnumerable<IHostedService> services)
    {
        if (services.OfType<BackgroundService>().Any(service => service.ExecuteTask is { IsFaulted: true }))
        {
            Fail(ExitCode.Unexpected);
        }
    }

    /// <summary>Notes a failure.</summary>
    public void Fail(ExitCode code) => Interlocked.CompareExchange(ref _code, (int)code, (int)ExitCode.Done);
}
