using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Storage.Alerts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>Adds detector and deliveries to a host.</summary>
internal static class AlertingSetup
{
    /// <summary>
    /// Adds them, on the container's <c>NpgsqlDataSource</c>, <c>TimeProvider</c> and <c>IMeterFactory</c>; nothing when
    /// they are switched off. The options must have passed <see cref="AlertingOptionsRules"/>.
    /// </summary>
    public static IServiceCollection AddAlerting(this IServiceCollection services, AlertingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(TimeProvider.System);
        if (!options.Enabled)
        {
            return services;
        }

        services.AddSingleton(options);
        services.AddSingleton(SpikeRules.Default with
        {
            AlphaWarning = options.AlphaWarning,
            AlphaCritical = options.AlphaCritical,
        });
        if (options.Log)
        {
            services.AddSingleton<IAlertSink, LogAlertSink>();
        }

        if (options.WebhookUrl is not null)
        {
            services.AddSingleton<IAlertSink, WebhookAlertSink>();
        }

        services.AddSingleton(provider =>
            new SinkNames([.. provider.GetServices<IAlertSink>().Select(sink => sink.Name)]));
        services.AddSingleton<AlertSignals>();
        services.AddSingleton<AlertingMetrics>();
        services.AddSingleton<AlertDeliveries>();
        services.AddSingleton<SpikeEvaluatorFactory>();
        services.AddHostedService<SpikeMonitor>();
        services.AddHostedService(provider =>
            ActivatorUtilities.CreateInstance<AlertDispatcher>(provider, (object)DeliveriesOf(provider)));
        return services;
    }

    /// <summary>One delivery a sink of the container.</summary>
    internal static SinkDelivery[] DeliveriesOf(IServiceProvider provider) =>
    [
        .. provider.GetServices<IAlertSink>()
            .Select(sink => ActivatorUtilities.CreateInstance<SinkDelivery>(provider, sink)),
    ];
}
