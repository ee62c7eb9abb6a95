using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Spikes;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>What detector and deliverers say (event ids 4xxx). Institutions and figures, never text, address or secret.</summary>
internal static partial class AlertingLog
{
    [LoggerMessage(4001, LogLevel.Warning,
        "Alert {AlertId}, {Severity}: {Institution} in {Kind}: saw {Seen} in {Hours} h, expected {Expected:0.##}, p = {P:0.#e+0}, opened at {OpenedAt:u}")]
    public static partial void Alert(
        ILogger logger, long alertId, Severity severity, string institution, MessageKind kind, int seen, int hours,
        double expected, double p, DateTimeOffset openedAt);

    [LoggerMessage(4002, LogLevel.Warning,
        "Alert {AlertId}, correction {Number}: {Institution} in {Kind}: a text was {Reason}; {Remaining} of {Seen} texts still stand")]
    public static partial void Correction(
        ILogger logger, long alertId, int number, string institution, MessageKind kind, string reason, int remaining,
        int seen);

    [LoggerMessage(4010, LogLevel.Information, "Evaluates spikes; evaluated until {EvaluatedUntil:u}")]
    public static partial void Evaluates(ILogger logger, DateTimeOffset? evaluatedUntil);

    [LoggerMessage(4011, LogLevel.Information, "Stands by: another process evaluates spikes")]
    public static partial void StandsBy(ILogger logger);

    [LoggerMessage(4012, LogLevel.Warning, "Spike evaluation interrupted by the database ({Code}); again in {Seconds} s")]
    public static partial void Interrupted(ILogger logger, string code, double seconds);

    [LoggerMessage(4013, LogLevel.Information,
        "Alert {Change}: {Series}, {Severity}, at {At:u} (opened at {OpenedAt:u})")]
    public static partial void AlertChanged(
        ILogger logger, AlertChangeType change, SeriesKey series, Severity severity, DateTimeOffset at,
        DateTimeOffset openedAt);

    [LoggerMessage(4020, LogLevel.Information, "Alert {AlertId} delivered to {Sink} in attempt {Attempt}")]
    public static partial void Delivered(ILogger logger, long alertId, string sink, int attempt);

    [LoggerMessage(4021, LogLevel.Warning, "Alert {AlertId} not taken by {Sink} ({ErrorClass}); again in {Seconds} s")]
    public static partial void NotDelivered(ILogger logger, long alertId, string sink, string errorClass, double seconds);

    [LoggerMessage(4022, LogLevel.Information,
        "Alert {AlertId} not sent to {Sink}: it opened at {OpenedAt:u}, longer ago than Alerting:MaxAge")]
    public static partial void TooOld(ILogger logger, long alertId, string sink, DateTimeOffset openedAt);

    [LoggerMessage(4023, LogLevel.Warning, "Deliveries to {Sink} interrupted by the database ({Code})")]
    public static partial void DeliveryInterrupted(ILogger logger, string sink, string code);
}
