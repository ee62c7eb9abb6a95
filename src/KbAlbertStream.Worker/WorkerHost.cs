using Confluent.Kafka;
using KbAlbertStream.Core.Entities;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Storage.Schema;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Alerting;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Pipeline;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace KbAlbertStream.Worker;

/// <summary>Puts the service together: the pipeline, its servers, its figures and the three addresses it answers on.</summary>
internal static class WorkerHost
{
    /// <summary>Where Prometheus reads the figures.</summary>
    public const string MetricsPath = "/metrics";

    // The host's own patience is longer than the service's, so that the service is the one that says what was cut short.
    private static readonly TimeSpan HostMargin = TimeSpan.FromSeconds(10);

    /// <summary>Builds the service. It takes over the model and disposes it.</summary>
    /// <param name="configuration">The configuration that <paramref name="settings"/> were read from.</param>
    /// <param name="settings">The checked settings.</param>
    /// <param name="model">The loaded model.</param>
    /// <param name="dictionary">The dictionary of institutions.</param>
    /// <param name="adjust">Changes of the composition, for tests and the demo.</param>
    public static WebApplication Build(
        IConfiguration configuration,
        WorkerSettings settings,
        LoadedModel model,
        InstitutionDictionary dictionary,
        Action<IServiceCollection>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(configuration);
        builder.WebHost.UseUrls(settings.Service.Urls);
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = settings.Service.ShutdownTime + HostMargin;
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.StopHost;
        });
        AddSettings(builder.Services, settings);
        AddScoring(builder.Services, settings, model, dictionary);
        AddStorage(builder.Services, settings);
        AddService(builder.Services);
        builder.Services.AddAlerting(settings.Alerting);
        OpenTelemetrySetup.Add(builder.Services, settings.Service);
        SystemdSetup.Add(builder.Services);
        adjust?.Invoke(builder.Services);

        var app = builder.Build();
        app.Services.GetRequiredService<WorkerMetrics>().Versions = app.Services.GetRequiredService<ScoreVersions>();
        HealthEndpoints.Map(app, app.Services.GetRequiredService<Progress>(), settings.Service);
        app.MapPrometheusScrapingEndpoint(MetricsPath);
        return app;
    }

    /// <summary>Runs a service until it is told to stop, and says how it ended.</summary>
    public static async Task<ExitCode> RunAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Told to stop before it had started: that is no failure, and nothing was read yet.
            return CodeOf(app);
        }

        await app.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        return CodeOf(app);
    }

    /// <summary>How a service that has ended ended.</summary>
    public static ExitCode CodeOf(WebApplication app)
    {
        var outcome = app.Services.GetRequiredService<Outcome>();
        outcome.Examine(app.Services.GetServices<IHostedService>());
        return outcome.Code;
    }

    private static void AddSettings(IServiceCollection services, WorkerSettings settings)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(settings.Kafka);
        services.AddSingleton(settings.KafkaProperties);
        services.AddSingleton(new TopicNames(settings.Kafka));
        services.AddSingleton(settings.Batching);
        services.AddSingleton(settings.Database);
        services.AddSingleton(settings.Complaints);
        services.AddSingleton(settings.Service);
    }

    private static void AddScoring(
        IServiceCollection services, WorkerSettings settings, LoadedModel model, InstitutionDictionary dictionary)
    {
        services.AddSingleton(_ => model);
        services.AddSingleton(provider =>
            WithPadding(model, provider.GetRequiredService<WorkerMetrics>()));
        services.AddSingleton(new MessageParser(settings.Messages));
        services.AddSingleton(new TextPreparer(settings.Masking.ToTextOptions()));
        services.AddSingleton(new InstitutionLinker(dictionary));
        services.AddSingleton(provider => new ScoreVersions(
            model.Version,
            model.LabelSet,
            provider.GetRequiredService<TextPreparer>().Version,
            provider.GetRequiredService<InstitutionLinker>().DictionaryVersion));
        services.AddSingleton<BatchScorer>();

        // Past the metrics: what is scored to warm up is no traffic.
        services.AddSingleton(provider => new WarmUp(
            new BatchScorer(
                provider.GetRequiredService<MessageParser>(),
                provider.GetRequiredService<TextPreparer>(),
                provider.GetRequiredService<InstitutionLinker>(),
                model.Score,
                provider.GetRequiredService<ScoreVersions>(),
                settings.Complaints),
            provider.GetRequiredService<RehearseWrite>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<WarmUp>>()));
        services.AddSingleton(new ReplaySeal(settings.Masking.HashKey));
        services.AddSingleton<Replays>();
    }

    /// <summary>Scores, and notes how much of the attention was spent on padding.</summary>
    private static ScoreTexts WithPadding(LoadedModel model, WorkerMetrics metrics) => texts =>
    {
        var before = model.Totals();
        var scores = model.Score(texts);
        var after = model.Totals();
        metrics.StageTook("score_tokenise", after.Tokenising - before.Tokenising);
        metrics.StageTook("score_forward", after.Encoding - before.Encoding);
        if (after.AttentionSlots - before.AttentionSlots is > 0 and var slots)
        {
            metrics.Padding(1 - ((double)(after.Tokens - before.Tokens) / slots));
        }

        return scores;
    };

    private static void AddStorage(IServiceCollection services, WorkerSettings settings)
    {
        services.AddSingleton(_ => StorageDataSource.Create(settings.Database.ConnectionString));
        services.AddSingleton<SchemaMigrator>();
        services.AddSingleton(new EventWriterOptions { StoreText = settings.Database.StoreText });
        services.AddSingleton(provider => new EventWriter(
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<EventWriterOptions>(),
            provider.GetRequiredService<WorkerMetrics>().StageTook));
        services.AddSingleton<WriteEvents>(provider => provider.GetRequiredService<EventWriter>().WriteAsync);
        services.AddSingleton(provider => new PartitionBounds(
            provider.GetRequiredService<KafkaOptions>(),
            provider.GetRequiredService<KafkaProperties>(),
            PartitionBounds.DefaultPatience));
        services.AddSingleton<PartitionRegistry>();
        services.AddSingleton(provider => new PartitionStarts(
            provider.GetRequiredService<NpgsqlDataSource>(), Guid.NewGuid()));
        services.AddSingleton<CrashIsolation>();
        services.AddSingleton(provider => new RegisteredPositions(
            provider.GetRequiredService<PartitionProgressReader>(),
            provider.GetRequiredService<PartitionBounds>(),
            provider.GetRequiredService<PartitionRegistry>(),
            provider.GetRequiredService<TopicNames>(),
            provider.GetRequiredService<ConsumerFactory>().StartWithoutPosition,
            provider.GetRequiredService<WorkerMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RegisteredPositions>>()));
        services.AddSingleton(provider => new PartitionProgressReader(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<LogEnds>();
        services.AddSingleton<NoteLogEnds>(provider => provider.GetRequiredService<LogEnds>().NoteAsync);
        services.AddSingleton<PositionLookup>(provider => provider.GetRequiredService<CrashIsolation>().Around(
            provider.GetRequiredService<RegisteredPositions>().LookUpAsync));
        services.AddSingleton<PositionCheck>(
            provider => provider.GetRequiredService<RegisteredPositions>().CheckAsync);
        services.AddSingleton<RehearseWrite>(provider => provider.GetRequiredService<EventWriter>().RehearseAsync);
        services.AddSingleton<DatabaseGate>();
    }

    private static void AddService(IServiceCollection services)
    {
        services.AddSingleton<Progress>();
        services.AddSingleton<WorkerMetrics>();
        services.AddSingleton<StageClock>();
        services.AddSingleton<BatchPace>();
        services.AddSingleton<BatchExchange>();
        services.AddSingleton<ConsumerFactory>();
        services.AddSingleton<KafkaSource>();
        services.AddSingleton<AccessWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<AccessWatch>());
        services.AddSingleton<BrokerGate>();
        services.AddSingleton(provider => new DeadLetterPublisher(
            ProducerFactory.Create(
                provider.GetRequiredService<KafkaOptions>(),
                provider.GetRequiredService<KafkaProperties>(),
                provider.GetRequiredService<WorkerMetrics>(),
                provider.GetRequiredService<ILogger<DeadLetterPublisher>>()),
            provider.GetRequiredService<TopicNames>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Retries>();
        services.AddSingleton<BatchWriter>();
        services.AddSingleton<ScoringPipeline>();
        services.AddSingleton<Outcome>();
        services.AddHostedService<WorkerService>();
    }
}
