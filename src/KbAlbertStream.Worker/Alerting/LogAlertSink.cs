using KbAlbertStream.Storage.Alerts;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>Writes alerts and their corrections to the log: figures and positions, no text.</summary>
internal sealed class LogAlertSink(ILogger<LogAlertSink> logger) : IAlertSink
{
    /// <inheritdoc />
    public string Name => "log";

    /// <inheritdoc />
    public TimeSpan Timeout => TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public Task SendAsync(AlertNotice alert, CancellationToken cancellationToken)
    {
        if (alert.Correction is { } correction)
        {
            AlertingLog.Correction(
                logger, alert.AlertId, correction.Number, alert.InstitutionId, alert.Kind, correction.Reason,
                correction.Remaining, alert.Seen);
            return Task.CompletedTask;
        }

        AlertingLog.Alert(
            logger, alert.AlertId, alert.Severity, alert.InstitutionId, alert.Kind, alert.Seen, alert.WindowHours,
            alert.Expected, alert.P, alert.OpenedAt);
        return Task.CompletedTask;
    }
}
