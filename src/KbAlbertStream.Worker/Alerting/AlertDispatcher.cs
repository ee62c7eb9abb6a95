using KbAlbertStream.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>
/// One loop a sink: a receiver that is down holds up neither the detector nor another receiver, and what it missed is
/// delivered when it is back.
/// </summary>
internal sealed class AlertDispatcher(
    IEnumerable<SinkDelivery> deliveries,
    AlertingOptions options,
    AlertSignals signals,
    TimeProvider time,
    ILogger<AlertDispatcher> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(deliveries.Select(delivery => DeliverAsync(delivery, stoppingToken)));

    private async Task DeliverAsync(SinkDelivery delivery, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await delivery.DeliverOneAsync(stoppingToken))
                {
                    // The next one that is due.
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (DatabaseFaults.Classify(fault) == DatabaseFault.Transient)
            {
                AlertingLog.DeliveryInterrupted(logger, delivery.Sink, FaultCode.Of(fault));
            }

            await signals.WaitAsync(delivery.Sink, options.PollInterval, time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
