using System.ComponentModel.DataAnnotations;
using KbAlbertStream.Worker.Configuration;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>Section <c>Alerting</c>: the spike detector and who is told of its alerts.</summary>
public sealed class AlertingOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Alerting";

    /// <summary>
    /// Whether this process may evaluate and deliver (of several, one evaluates). Without any, looks wait in the
    /// database. Default yes.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>A window fires below this probability. 1e-9 to 0.1, default 0.001.</summary>
    [Range(1e-9, 0.1)]
    public double AlphaWarning { get; set; } = 1e-3;

    /// <summary>Below this probability an alert is critical. 1e-12 to 0.1, default 0.00001.</summary>
    [Range(1e-12, 0.1)]
    public double AlphaCritical { get; set; } = 1e-5;

    /// <summary>
    /// Alerts that are older than this by the wall clock are stored but not sent: a replay of last month wakes nobody.
    /// 0 to 3650 days, default 24 h; 0 sends all.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Whether the detector's clock follows the wall clock once everything has been read to the end for five minutes,
    /// so that alerts close on a quiet night. Off for replays of old streams. Default yes.
    /// </summary>
    public bool FollowWallClock { get; set; } = true;

    /// <summary>
    /// How long the detector and the deliverers wait for a signal before they look by themselves. 50 ms to 5 minutes,
    /// default 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether alerts are written to the log. Default yes.</summary>
    public bool Log { get; set; } = true;

    /// <summary>Where alerts are posted to; http or https. Default nowhere.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>
    /// The secret that posts are signed with, at least 16 characters. Required with <see cref="WebhookUrl"/>.
    /// </summary>
    [Secret]
    public string? WebhookSecret { get; set; }

    /// <summary>How long the receiver may take to answer. 100 ms to 1 minute, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan WebhookTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause before a failed delivery is tried again; it doubles with every failure. 10 ms to 1 minute, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two tries of a delivery. 10 ms to 1 hour, default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan MaxRetry { get; set; } = TimeSpan.FromMinutes(5);
}
