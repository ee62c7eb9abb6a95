using KbAlbertStream.Storage.Alerts;
using KbAlbertStream.Worker.Alerting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>Detector and deliveries of one process on a database, run step by step or as hosted services.</summary>
internal sealed class AlertingWorld : IAsyncDisposable
{
    public const string Secret = "a secret of more than sixteen characters";

    private readonly PostgresDatabase _database;
    private readonly ServiceProvider _services;
    private readonly SinkDelivery[] _deliveries;

    public AlertingWorld(PostgresDatabase database, AlertingOptions options, TimeProvider? time = null)
    {
        _database = database;
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Trace));
        services.AddMetrics();
        services.AddSingleton(database.Source);
        services.AddSingleton(time ?? Time);
        services.AddAlerting(options);
        _services = services.BuildServiceProvider(validateScopes: true);
        _deliveries = AlertingSetup.DeliveriesOf(_services);
    }

    public LogLines Log { get; } = new();

    /// <summary>The wall clock of this process, unless it was given another: half an hour after the spike of <see cref="SpikeStory"/>.</summary>
    public FakeTimeProvider Time { get; } = new(SpikeStory.SpikeAt.AddMinutes(90));

    /// <summary>Replays wake nobody up in these tests unless they say so.</summary>
    public static AlertingOptions Options(WebhookReceiver? receiver = null) => new()
    {
        FollowWallClock = false,
        MaxAge = TimeSpan.Zero,
        PollInterval = TimeSpan.FromMilliseconds(100),
        FirstRetry = TimeSpan.FromMilliseconds(10),
        MaxRetry = TimeSpan.FromMilliseconds(100),
        WebhookUrl = receiver?.Url,
        WebhookSecret = receiver is null ? null : Secret,
    };

    /// <summary>Gets the right to evaluate, evaluates all that is due, gives it back. False when another process has it.</summary>
    public async Task<bool> EvaluateAsync()
    {
        await using var session = await DetectorSession.TryOpenAsync(_database.Source, default);
        if (session is null)
        {
            return false;
        }

        var evaluator = await _services.GetRequiredService<SpikeEvaluatorFactory>().LoadAsync(session, default);
        while (await evaluator.RunRoundAsync(default))
        {
            // More is due.
        }

        return true;
    }

    /// <summary>Makes every delivery that is due, and returns how many were dealt with.</summary>
    public async Task<int> DeliverAsync()
    {
        var dealt = 0;
        foreach (var delivery in _deliveries)
        {
            while (await delivery.DeliverOneAsync(default))
            {
                Assert.True(++dealt < 100, "deliveries without end");
            }
        }

        return dealt;
    }

    /// <summary>Starts the hosted services.</summary>
    public async Task StartAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StopAsync(default);
        }

        await _services.DisposeAsync();
    }
}
