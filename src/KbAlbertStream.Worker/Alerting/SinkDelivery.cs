using KbAlbertStream.Storage.Alerts;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>Delivers what is owed to one sink, from the rows.</summary>
/// <remarks>
/// 1. Claim the oldest delivery that is due. 2. Too old: say so and go on. 3. Send, with a few quick retries. 4. Mark it
/// delivered, or due again after a pause that doubles.
/// </remarks>
internal sealed class SinkDelivery(
    IAlertSink sink,
    AlertDeliveries deliveries,
    AlertingOptions options,
    AlertingMetrics metrics,
    TimeProvider time,
    ILogger<SinkDelivery> logger)
{
    private const int QuickRetries = 2;

    private readonly ResiliencePipeline _quickly = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<AlertSinkException>(),
            MaxRetryAttempts = QuickRetries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = options.FirstRetry,
            MaxDelay = options.MaxRetry,
            UseJitter = true,
        })
        .Build();

    // A claim must outlast all tries and the pauses between them, else a second process would send as well.
    private readonly TimeSpan _lease =
        ((QuickRetries + 1) * sink.Timeout) + (QuickRetries * 2 * options.MaxRetry) + TimeSpan.FromSeconds(30);

    /// <summary>The sink.</summary>
    public string Sink => sink.Name;

    /// <summary>Deals with one delivery; false when none is due.</summary>
    public async Task<bool> DeliverOneAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await deliveries.ClaimAsync(Sink, now, _lease, cancellationToken) is not { } owed)                     // 1
        {
            return false;
        }

        var alert = owed.Alert;
        if (IsTooOld(owed, now))                                                                                   // 2
        {
            await deliveries.MarkTooOldAsync(alert, Sink, cancellationToken);
            metrics.Delivered(Sink, "too_old");
            AlertingLog.TooOld(logger, alert.AlertId, Sink, alert.OpenedAt);
            return true;
        }

        try
        {
            await _quickly.ExecuteAsync(
                async token => await sink.SendAsync(alert, token), cancellationToken);                             // 3
        }
        catch (AlertSinkException fault)
        {
            var pause = PauseAfter(owed.Attempts);
            await deliveries.MarkFailedAsync(
                alert, Sink, fault.ErrorClass, time.GetUtcNow() + pause, cancellationToken);               // 4
            metrics.Delivered(Sink, fault.ErrorClass);
            AlertingLog.NotDelivered(logger, alert.AlertId, Sink, fault.ErrorClass, pause.TotalSeconds);
            return true;
        }

        await deliveries.MarkDeliveredAsync(alert, Sink, time.GetUtcNow(), cancellationToken);                     // 4
        metrics.Delivered(Sink, "ok");
        AlertingLog.Delivered(logger, alert.AlertId, Sink, owed.Attempts);
        return true;
    }

    // Whoever was told of an alert is told of its corrections, however late they are found.
    private bool IsTooOld(OwedDelivery owed, DateTimeOffset now) =>
        owed.Alert.Correction is null
            ? options.MaxAge > TimeSpan.Zero && now - owed.Alert.OpenedAt > options.MaxAge
            : owed.AlertWasTooOld;

    private TimeSpan PauseAfter(int attempts)
    {
        var doubled = options.FirstRetry * Math.Pow(2, Math.Min(attempts, 30));
        return doubled < options.MaxRetry ? doubled : options.MaxRetry;
    }
}
