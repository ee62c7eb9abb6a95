using System.ComponentModel.DataAnnotations;

namespace KbAlbertStream.Worker.Configuration;

/// <summary>Section <c>Service</c>: the process itself.</summary>
public sealed class ServiceOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Service";

    /// <summary>Where /healthz, /readyz and /metrics are served. Default <c>http://*:8080</c>.</summary>
    [Required]
    public string Urls { get; set; } = "http://*:8080";

    /// <summary>
    /// The time that work in flight has to finish after the service was asked to stop. 1 s to 10 minutes, default 20 s,
    /// which fits the 30 s that container platforms give.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ShutdownTime { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The age of the last progress from which /healthz answers 503. Waiting for a server counts as progress, being
    /// stuck does not. 10 s to one hour, default 2 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan MaxProgressAge { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Where metrics and traces are sent with OTLP, <c>http://collector:4317</c>. Default nowhere; /metrics is there
    /// anyway.
    /// </summary>
    public Uri? OtlpEndpoint { get; set; }
}
