using Confluent.Kafka;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Demo.Replay;
using KbAlbertStream.Demo.Reporting;
using KbAlbertStream.Demo.View;
using KbAlbertStream.Storage.Schema;
using KbAlbertStream.Worker;
using KbAlbertStream.Worker.Commands;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace KbAlbertStream.Demo.Running;

/// <summary>Broker, database and worker in one process, ready for a replay.</summary>
/// <remarks>
/// Start: 1. broker and database, the user's own where configured; 2. schema; 3. worker. A replay: 4. publish; 5. watch
/// until the worker has passed every record, the detector has caught up and all alerts are out. The end, in reverse.
/// </remarks>
internal sealed class DemoSession : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(300);

    // A worker that gets nothing done for so long is stuck: say so instead of waiting for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Stack<IAsyncDisposable> _owned = new();
    private readonly TimeProvider _time = TimeProvider.System;

    private DemoSession(string logPath) => LogPath = logPath;

    /// <summary>The worker's log.</summary>
    public string LogPath { get; }

    /// <summary>The database of the session.</summary>
    public DemoDatabase Database { get; private set; } = null!;

    /// <summary>Connections to it.</summary>
    public NpgsqlDataSource Connections { get; private set; } = null!;

    /// <summary>The worker.</summary>
    public WebApplication Worker { get; private set; } = null!;

    private WorkerSettings Settings { get; set; } = null!;

    /// <summary>Starts everything. What was started before a failure is stopped again.</summary>
    public static async Task<DemoSession> StartAsync(
        DemoOptions options, Action<string> say, CancellationToken cancellationToken)
    {
        var session = new DemoSession(options.Log ?? Path.Combine(Path.GetTempPath(), $"kbalbertstream-demo-{Environment.ProcessId}.log"));
        try
        {
            await session.StartServersAsync(options, say, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Publishes records and watches them to their end.</summary>
    /// <exception cref="DemoException">The worker ended, or got nothing done for two minutes.</exception>
    public async Task<(DemoSummary Summary, ReplayFigures Figures)> ReplayAsync(
        IReadOnlyList<StreamRecord> records, Action<ReplayProgress> show, CancellationToken cancellationToken)
    {
        var startedAt = await ReplayFigures.NowAsync(Connections, cancellationToken).ConfigureAwait(false);
        var started = _time.GetTimestamp();
        var topics = new TopicNames(Settings.Kafka);
        var publisher = new StreamPublisher(
            new ClientConfig { BootstrapServers = Settings.Kafka.BootstrapServers }, topics.FirstOf);
        var positions = await publisher.PublishAsync(records, cancellationToken).ConfigureAwait(false);                 // 4
        var figures = new ReplayFigures(Connections, positions, startedAt);
        var last = await WatchAsync(figures, records.Count, show, cancellationToken).ConfigureAwait(false);             // 5
        var alerts = await figures.AlertsAsync(cancellationToken).ConfigureAwait(false);
        var seconds = Math.Round(_time.GetElapsedTime(started).TotalSeconds, 1);
        return (new DemoSummary(
            records.Count, last.Rows, last.DeadLetters, last.Missing, last.MaskedValues, alerts, seconds, Database.ConnectionString)
        {
            Withdrawals = last.Withdrawals,
        }, figures);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        while (_owned.TryPop(out var owned))
        {
            await owned.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task StartServersAsync(DemoOptions options, Action<string> say, CancellationToken cancellationToken)
    {
        // Read with stand-ins for the servers first, so that a wrong setting is told before anything is started.
        var users = new DemoSettings(options);
        var topics = WorkerSettings.Read(users.Build("localhost:9092", "Host=localhost")).Kafka;
        var broker = DemoBroker.Start(users.BootstrapServers, topics);                                                  // 1
        Own(broker.Dispose);
        say($"Kafka: {broker.BootstrapServers}");
        Database = await DemoDatabase.StartAsync(users.ConnectionString, options.Keep, say, cancellationToken).ConfigureAwait(false);
        _owned.Push(Database);
        say($"PostgreSQL: {Database.PsqlCommand}");
        var configuration = users.Build(broker.BootstrapServers, Database.ConnectionString);
        Settings = WorkerSettings.Read(configuration);
        var dictionary = DictionaryFiles.Load(Settings.Institutions.Dictionary);
        var model = ModelFiles.Load(Settings.Model, Settings.Encoder);
        say($"Model: {model.Version}; worker log: {LogPath}");
        Connections = NpgsqlDataSource.Create(Database.ConnectionString);
        _owned.Push(Connections);
        await new SchemaMigrator(Connections).MigrateAsync(cancellationToken).ConfigureAwait(false);                    // 2
        Worker = WorkerHost.Build(configuration, Settings, model, dictionary, services =>
        {
            services.RemoveAll<ILoggerProvider>();
            services.AddSingleton<ILoggerProvider>(new FileLog(LogPath, _time));
        });
        _owned.Push(Worker);
        await Worker.StartAsync(cancellationToken).ConfigureAwait(false);                                               // 3
        Own(() => Worker.StopAsync());
    }

    private async Task<Snapshot> WatchAsync(
        ReplayFigures figures, int published, Action<ReplayProgress> show, CancellationToken cancellationToken)
    {
        var ended = Worker.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var timer = new PeriodicTimer(LookEvery, _time);
        var speed = new RowSpeed(_time);
        var before = Snapshot.Empty;
        var changedAt = _time.GetTimestamp();
        do
        {
            var snapshot = await figures.ReadAsync(cancellationToken).ConfigureAwait(false);
            show(new ReplayProgress(
                published,
                snapshot,
                speed.Of(snapshot.Rows),
                await figures.LevelsAsync(10, cancellationToken).ConfigureAwait(false),
                await figures.AlertsAsync(cancellationToken).ConfigureAwait(false)));
            if (snapshot.IsSettled)
            {
                return snapshot;
            }

            if (ended.IsCancellationRequested)
            {
                var code = Worker.Services.GetRequiredService<Outcome>().Code;
                throw new DemoException($"The worker ended ({code}) before the replay did; its log is {LogPath}.");
            }

            if (snapshot != before)
            {
                (before, changedAt) = (snapshot, _time.GetTimestamp());
            }
            else if (_time.GetElapsedTime(changedAt) > Patience)
            {
                throw new DemoException($"Nothing got done for {Patience.TotalMinutes:F0} minutes; the worker's log is {LogPath}.");
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        throw new OperationCanceledException(cancellationToken);
    }

    private void Own(Action release) => Own(() =>
    {
        release();
        return Task.CompletedTask;
    });

    private void Own(Func<Task> release) => _owned.Push(new Release(release));

    private sealed class Release(Func<Task> release) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(release());
    }
}
