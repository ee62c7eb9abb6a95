using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Alerts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>
/// Delivers alerts from their rows, one loop a sink: a receiver that is down holds up neither the detector nor another
/// receiver, and what it missed is delivered when it is back.
/// </summary>
/// <remarks>
/// 1. Claim the oldest delivery that is due. 2. Too old: say so and go on. 3. Send, with a few quick retries. 4. Mark it
/// delivered, or due again after a pause that doubles. 5. Nothing due: wait for a signal.
/// </remarks>
internal sealed class AlertDispatcher : BackgroundService
{
    private const int QuickRetries = 2;

    private readonly AlertDeliveries _deliveries;
    private readonly IReadOnlyList<IAlertSink> _sinks;
    private readonly AlertingOptions _options;
    private readonly AlertSignals _signals;
    private readonly AlertingMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<AlertDispatcher> _logger;
    private readonly ResiliencePipeline _quickly;

    public AlertDispatcher(
        AlertDeliveries deliveries,
        IEnumerable<IAlertSink> sinks,
        AlertingOptions options,
        AlertSignals signals,
        AlertingMetrics metrics,
        TimeProvider time,
        ILogger<AlertDispatcher> logger)
    {
        _deliveries = deliveries;
        _sinks = [.. sinks];
        _options = options;
        _signals = signals;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _quickly = new ResiliencePipelineBuilder { TimeProvider = time }
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
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_sinks.Select(sink => DeliverAsync(sink, stoppingToken)));

    private async Task DeliverAsync(IAlertSink sink, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await DeliverOneAsync(sink, stoppingToken))
                {
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (DatabaseFaults.Classify(fault) == DatabaseFault.Transient)
            {
                AlertingLog.DeliveryInterrupted(_logger, sink.Name, FaultCode.Of(fault));
            }

            await _signals.WaitAsync(sink.Name, _options.PollInterval, _time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);                                           // 5
        }
    }

    private async Task<bool> DeliverOneAsync(IAlertSink sink, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (await _deliveries.ClaimAsync(sink.Name, now, LeaseOf(sink), cancellationToken) is not { } owed)         // 1
        {
            return false;
        }

        var alert = owed.Alert;
        if (_options.MaxAge > TimeSpan.Zero && now - alert.OpenedAt > _options.MaxAge)                             // 2
        {
            await _deliveries.MarkTooOldAsync(alert.AlertId, sink.Name, cancellationToken);
            _metrics.Delivered(sink.Name, "too_old");
            AlertingLog.TooOld(_logger, alert.AlertId, sink.Name, alert.OpenedAt);
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
            await _deliveries.MarkFailedAsync(
                alert.AlertId, sink.Name, fault.ErrorClass, _time.GetUtcNow() + pause, cancellationToken);         // 4
            _metrics.Delivered(sink.Name, fault.ErrorClass);
            AlertingLog.NotDelivered(_logger, alert.AlertId, sink.Name, fault.ErrorClass, pause.TotalSeconds);
            return true;
        }

        await _deliveries.MarkDeliveredAsync(alert.AlertId, sink.Name, _time.GetUtcNow(), cancellationToken);      // 4
        _metrics.Delivered(sink.Name, "ok");
        AlertingLog.Delivered(_logger, alert.AlertId, sink.Name, owed.Attempts);
        return true;
    }

    // A claim must outlast all tries and the pauses between them, else a second process would send as well.
    private TimeSpan LeaseOf(IAlertSink sink) =>
        ((QuickRetries + 1) * sink.Timeout) + (QuickRetries * _options.MaxRetry) + TimeSpan.FromSeconds(30);

    private TimeSpan PauseAfter(int attempts)
    {
        var doubled = _options.FirstRetry * Math.Pow(2, Math.Min(attempts, 30));
        return doubled < _options.MaxRetry ? doubled : _options.MaxRetry;
    }
}
