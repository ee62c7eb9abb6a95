using System.Collections.Concurrent;
using System.Diagnostics;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>The real executable in a process of its own.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private WorkerProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    public string Errors => string.Join('\n', _errors);

    public int ExitCode => _process.ExitCode;

    public int Id => _process.Id;

    /// <summary>Completes when it ends, by whatever cause.</summary>
    public Task Ended => _process.WaitForExitAsync();

    public bool HasEnded => _process.HasExited;

    /// <summary>Starts it. Settings go in as environment variables, as in a container.</summary>
    public static WorkerProcess Start(
        IReadOnlyDictionary<string, string?> settings, IReadOnlyList<string> arguments, string? input = null) =>
        Start("kbalbertstream.dll", settings, arguments, input);

    /// <summary>Starts a service that a text can end: <see cref="CrashingWorker"/>, by way of this very executable.</summary>
    public static WorkerProcess StartCrashing(IReadOnlyDictionary<string, string?> settings) => Start(
        "KbAlbertStream.IntegrationTests.dll",
        settings,
        ["-noLogo", "-noColor", "-explicit", "only", "-class", typeof(CrashingWorker).FullName!],
        input: null);

    private static WorkerProcess Start(
        string assembly,
        IReadOnlyDictionary<string, string?> settings,
        IReadOnlyList<string> arguments,
        string? input)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, assembly) },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in settings.Where(pair => pair.Value is not null))
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = Process.Start(start)!;
        if (input is not null)
        {
            process.StandardInput.Write(input);
        }

        process.StandardInput.Close();
        return new WorkerProcess(process);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<WorkerProcess> RunAsync(
        IReadOnlyDictionary<string, string?> settings, IReadOnlyList<string> arguments, string? input = null)
    {
        var process = Start(settings, arguments, input);
        await process.WaitAsync();
        return process;
    }

    public async Task WaitAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        await _process.WaitForExitAsync(limit.Token);
    }

    /// <summary>Says what it printed when it ended otherwise.</summary>
    public void AssertEnded(KbAlbertStream.Worker.ExitCode expected) => Assert.True(
        ExitCode == (int)expected, $"ended with {ExitCode}, not {(int)expected}\noutput:\n{Output}\nerrors:\n{Errors}");

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitAsync();
    }

    /// <summary>What a container platform does: SIGTERM.</summary>
    public async Task TerminateAsync()
    {
        await SignalAsync("TERM");
        await WaitAsync();
    }

    /// <summary>Sends a signal: STOP, CONT.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }
}
