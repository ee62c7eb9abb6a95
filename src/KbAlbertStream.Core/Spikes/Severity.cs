namespace KbAlbertStream.Core.Spikes;

/// <summary>How urgent an alert is; rises while the alert is open, never falls.</summary>
public enum Severity
{
    /// <summary>Beyond what the history explains.</summary>
    Warning,

    /// <summary>Far beyond, or about a category of severity 3.</summary>
    Critical,
}
