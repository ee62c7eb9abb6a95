using KbAlbertStream.IntegrationTests.Support;

namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>A worker process that is started again whenever it ends, as systemd would.</summary>
internal sealed class SupervisedWorker : IAsyncDisposable
{
    private readonly IReadOnlyDictionary<string, string?> _settings;
    private readonly string _logFolder;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _supervising;
    private WorkerProcess _process;
    private int _starts;

    public SupervisedWorker(IReadOnlyDictionary<string, string?> settings, string logFolder)
    {
        _settings = settings;
        _logFolder = logFolder;
        _process = Start();
        _supervising = SuperviseAsync();
    }

    /// <summary>How often it was started again.</summary>
    public int Restarts => Volatile.Read(ref _starts) - 1;

    /// <summary>The process of now.</summary>
    public WorkerProcess Process => Volatile.Read(ref _process);

    /// <summary>Ends it with SIGTERM, for good.</summary>
    public async Task<int> StopAsync()
    {
        await _stopping.CancelAsync();
        await _supervising;
        await Process.TerminateAsync();
        return Process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _supervising;
        Keep(Process);
        await Process.DisposeAsync();
        _stopping.Dispose();
    }

    private WorkerProcess Start()
    {
        Interlocked.Increment(ref _starts);
        return WorkerProcess.Start(_settings, ["run"]);
    }

    private async Task SuperviseAsync()
    {
        var asked = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stopping.Token);
        while (await Task.WhenAny(Process.Ended, asked) != asked)
        {
            var ended = Process;
            Keep(ended);
            Volatile.Write(ref _process, Start());
            await ended.DisposeAsync();
        }
    }

    private void Keep(WorkerProcess process) =>
        File.WriteAllText(Path.Combine(_logFolder, $"worker-{process.Id}.log"), process.Output + "\n" + process.Errors);
}
