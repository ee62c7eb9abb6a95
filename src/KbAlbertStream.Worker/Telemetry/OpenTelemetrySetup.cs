using KbAlbertStream.Worker.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace KbAlbertStream.Worker.Telemetry;

/// <summary>Metrics for Prometheus always; metrics, traces and logs by OTLP when an endpoint is configured.</summary>
internal static class OpenTelemetrySetup
{
    // From 1 ms to a minute: a batch on two cores takes tens of milliseconds, a database that fails over takes seconds.
    private static readonly double[] SecondBounds =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    public static void Add(IServiceCollection services, ServiceOptions options)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("kbalbertstream"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(WorkerMetrics.MeterName)
                    .AddRuntimeInstrumentation()
                    .AddView("kbas.stage", new ExplicitBucketHistogramConfiguration { Boundaries = SecondBounds })
                    .AddView("kbas.delay", new ExplicitBucketHistogramConfiguration { Boundaries = SecondBounds })
                    .AddPrometheusExporter();
                if (options.OtlpEndpoint is { } endpoint)
                {
                    metrics.AddOtlpExporter(otlp => otlp.Endpoint = endpoint);
                }
            });
        if (options.OtlpEndpoint is { } collector)
        {
            // Statements are recorded with placeholders, never with values.
            telemetry.WithTracing(tracing => tracing.AddSource(WorkerActivity.SourceName).AddNpgsql()
                .AddOtlpExporter(otlp => otlp.Endpoint = collector));

            // The lines of the log as they are printed: positions, counts and codes.
            telemetry.WithLogging(
                logging => logging.AddOtlpExporter(otlp => otlp.Endpoint = collector),
                lines => lines.IncludeFormattedMessage = true);
        }
    }
}
