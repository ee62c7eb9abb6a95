using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using KbAlbertStream.Demo.Samples;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>The worker in a process of its own: the real executable, or the service with stub scores.</summary>
internal sealed class WorkerUnderTest : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _log;
    private readonly HttpClient _http;

    private WorkerUnderTest(Process process, string log, HttpClient http)
    {
        _process = process;
        _log = log;
        _http = http;
    }

    /// <summary>Its process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts it for these topics and this database.</summary>
    /// <param name="servers">The servers.</param>
    /// <param name="topics">What it reads.</param>
    /// <param name="database">Where it writes.</param>
    /// <param name="stub">Whether scores come from <see cref="StubScores"/>.</param>
    /// <param name="settings">More settings.</param>
    public static WorkerUnderTest Start(
        PipelineServers servers,
        BenchTopics topics,
        BenchDatabase database,
        bool stub,
        IReadOnlyDictionary<string, string>? settings = null)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        Dictionary<string, string> values = new()
        {
            ["Kafka:BootstrapServers"] = servers.Broker.BootstrapServers,
            ["Kafka:GroupId"] = $"bench-{Guid.NewGuid():N}",
            ["Kafka:NewsTopics"] = topics.News,
            ["Kafka:ComplaintTopics"] = topics.Complaints,
            ["Database:ConnectionString"] = database.ConnectionString,
            ["Text:HashKey"] = "a key for benchmarks, not a secret",
            ["Institutions:Dictionary"] = SampleFolder.Shipped.Dictionary,
            ["Complaints:DefaultInstitution"] = new SampleOptions().DefaultInstitution,
            ["Service:Urls"] = url,
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            values[key] = value;
        }

        // Both run under the worker's own runtime settings.
        string[] arguments = stub
            ?
            [
                "exec", "--runtimeconfig", Beside("kbalbertstream.runtimeconfig.json"),
                "--depsfile", Beside("KbAlbertStream.Benchmarks.deps.json"), Beside("KbAlbertStream.Benchmarks.dll"),
                "pipeline", "worker",
            ]
            : [Beside("kbalbertstream.dll"), "run"];

        // The shell sends the log to a file: a pipe would make the benchmark read what the worker says.
        var log = Path.GetTempFileName();
        var start = new ProcessStartInfo("bash", ["-c", """exec dotnet "$@" >"$WORKER_LOG" 2>&1""", "bash", .. arguments]);
        start.Environment["WORKER_LOG"] = log;
        foreach (var (key, value) in values)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return new WorkerUnderTest(Process.Start(start)!, log, new HttpClient { BaseAddress = new Uri(url) });
    }

    /// <summary>Seconds a stage has taken so far, all batches together, in the order in which they are reported.</summary>
    public async Task<Dictionary<string, double>> StagesAsync()
    {
        var stages = new Dictionary<string, double>();
        var text = await _http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        foreach (var line in text.Split('\n').Where(l => l.StartsWith("kbas_stage_seconds_sum", StringComparison.Ordinal)))
        {
            var stage = line.Split("stage=\"")[1].Split('"')[0];
            stages[stage] = double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
        }

        return stages;
    }

    /// <summary>Waits until the worker says it is ready.</summary>
    public async Task WaitUntilReadyAsync()
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < TimeSpan.FromMinutes(2);)
        {
            ThrowIfEnded();
            try
            {
                using var answer = await _http.GetAsync(new Uri("/readyz", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        throw new TimeoutException($"The worker does not become ready; see {_log}");
    }

    /// <summary>Waits until so many records are worked off; throws when the worker ends before.</summary>
    public async Task WaitForAsync(BenchDatabase database, long records, TimeSpan atMost)
    {
        var since = Stopwatch.StartNew();
        while (await database.WorkedOffAsync() < records)
        {
            ThrowIfEnded();
            if (since.Elapsed > atMost)
            {
                throw new TimeoutException($"{await database.WorkedOffAsync()} of {records} after {atMost}; see {_log}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>Throws when the worker has ended.</summary>
    public void ThrowIfEnded()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"The worker ended with {_process.ExitCode}; see {_log}");
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using (var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            {
                await terminate.WaitForExitAsync();
            }

            await _process.WaitForExitAsync();
        }

        if (_process.ExitCode == 0)
        {
            File.Delete(_log);
        }

        _process.Dispose();
        _http.Dispose();
    }

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
