using Confluent.Kafka;
using Confluent.Kafka.Admin;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>
/// Knows which rights the brokers deny: asks at start-up, and again and again from the moment that something was denied
/// until nothing is. Readiness says what is missing; librdkafka goes on by itself once it is granted.
/// </summary>
internal sealed class AccessWatch(
    KafkaOptions options, KafkaProperties properties, Progress progress, TimeProvider time, ILogger<AccessWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _doubted = new(0, 1);

    /// <summary>Something was denied: look, soon. May be called often, from any thread.</summary>
    public void Doubt()
    {
        try
        {
            _doubted.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is going to look anyway.
        }
    }

    /// <summary>Asks the brokers, tells readiness, and logs when the answer has changed.</summary>
    /// <returns>True when the consumer may join its group; topics may be denied one by one.</returns>
    /// <exception cref="KafkaException">No broker answered.</exception>
    public async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var denied = await KafkaAccess.AskAsync(options, properties, Patience).WaitAsync(cancellationToken)
            .ConfigureAwait(false);
        var rights = denied.Select(right => right.ToString()).ToArray();
        if (!rights.SequenceEqual(progress.Denied))
        {
            progress.Denied = rights;
            if (rights.Length > 0)
            {
                PipelineLog.AccessDenied(logger, string.Join(", ", rights));
            }
            else
            {
                PipelineLog.AccessGranted(logger);
            }
        }

        if (rights.Length > 0)
        {
            Doubt();
        }

        return denied.All(right => right.Resource != ResourceType.Group);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _doubted.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _doubted.WaitAsync(stoppingToken).ConfigureAwait(false);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(false);
                await LookAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (KafkaException)
            {
                // The consumer says that the brokers are away; ask again when they are back.
                Doubt();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
