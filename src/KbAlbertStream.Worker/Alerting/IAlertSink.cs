using KbAlbertStream.Storage.Alerts;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>Tells somebody of alerts.</summary>
internal interface IAlertSink
{
    /// <summary>Its name in <c>alert_deliveries</c>, log and metrics.</summary>
    string Name { get; }

    /// <summary>The longest that one try can take.</summary>
    TimeSpan Timeout { get; }

    /// <summary>
    /// Returns when the receiver took the alert. It may get one twice (a crash in between), with the same key.
    /// </summary>
    /// <exception cref="AlertSinkException">It did not take it; a later try may succeed.</exception>
    Task SendAsync(AlertNotice alert, CancellationToken cancellationToken);
}
