namespace KbAlbertStream.Core.Spikes;

/// <summary>What happened to an alert.</summary>
public enum AlertChangeType
{
    /// <summary>A new alert.</summary>
    Opened,

    /// <summary>An alert closed shortly before is open again: no new alert.</summary>
    Reopened,

    /// <summary>The open alert became critical, or its count doubled.</summary>
    Raised,

    /// <summary>Calm for long enough.</summary>
    Closed,
}
