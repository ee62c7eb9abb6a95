using KbAlbertStream.Core.Entities;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.Worker;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>The whole service in this process, as <c>run</c> composes it, with scores by formula.</summary>
internal sealed class TestWorker : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _stopped;

    private TestWorker(WebApplication app, CapturedLogs logs)
    {
        _app = app;
        Logs = logs;
    }

    public CapturedLogs Logs { get; }

    public ExitCode ExitCode => WorkerHost.CodeOf(_app);

    public HttpClient Http => new() { BaseAddress = new Uri(_app.Urls.First()) };

    /// <summary>Completes when the service ends, by whatever cause.</summary>
    public Task Ended => _app.WaitForShutdownAsync();

    /// <summary>The settings of a worker for these topics and this database.</summary>
    public static Dictionary<string, string?> Settings(TestTopics topics, string connectionString) => new()
    {
        ["Kafka:BootstrapServers"] = topics.Broker.BootstrapServers,
        ["Kafka:GroupId"] = topics.Group,
        ["Kafka:NewsTopics"] = topics.News,
        ["Kafka:ComplaintTopics"] = topics.Complaints,
        ["Kafka:Consumer:SessionTimeoutMs"] = "6000",
        ["Kafka:Consumer:HeartbeatIntervalMs"] = "500",
        ["Database:ConnectionString"] = connectionString,
        ["Database:FirstRetry"] = "00:00:00.050",
        ["Database:MaxRetry"] = "00:00:00.500",
        ["Text:HashKey"] = "a key for tests, not a secret",
        ["Service:Urls"] = "http://127.0.0.1:0",
    };

    public static Task<TestWorker> StartAsync(
        TestTopics topics,
        string connectionString,
        Dictionary<string, string?>? extra = null,
        Action<IServiceCollection>? adjust = null)
    {
        var values = Settings(topics, connectionString);
        foreach (var (key, value) in extra ?? [])
        {
            values[key] = value;
        }

        return StartAsync(values, new LoadedModel(FormulaScores.Score, "formula/1", "1", () => default, null), adjust);
    }

    /// <summary>Starts one with these settings (null: not set) and a model of the test's.</summary>
    public static async Task<TestWorker> StartAsync(
        Dictionary<string, string?> settings, LoadedModel model, Action<IServiceCollection>? adjust = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Where(pair => pair.Value is not null)).Build();
        var logs = new CapturedLogs();
        var app = WorkerHost.Build(
            configuration,
            WorkerSettings.Read(configuration),
            model,
            InstitutionDictionary.Load(InstitutionDictionary.ShippedPath),
            services =>
            {
                services.AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
                adjust?.Invoke(services);
            });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestWorker(app, logs);
    }

    /// <summary>Stops in order and says how it ended.</summary>
    public async Task<ExitCode> StopAsync()
    {
        if (!_stopped)
        {
            _stopped = true;
            await _app.StopAsync(CancellationToken.None);
        }

        return ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var line in Logs.Lines.Where(line => !line.StartsWith("Trace", StringComparison.Ordinal)).TakeLast(200))
        {
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        }

        await _app.DisposeAsync();
    }
}
