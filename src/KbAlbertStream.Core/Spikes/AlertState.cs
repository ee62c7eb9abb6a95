namespace KbAlbertStream.Core.Spikes;

/// <summary>The latest alert of a series.</summary>
/// <param name="OpenedAt">Event time of the text that opened it.</param>
/// <param name="Severity">As raised so far.</param>
/// <param name="RaisedSeen">The count of the deciding window when the alert was opened or last raised.</param>
/// <param name="CalmSince">The step since which the last 24 h have been unremarkable; null while they are not.</param>
/// <param name="ClosedAt">The step that closed it; null while it is open.</param>
public sealed record AlertState(
    DateTimeOffset OpenedAt, Severity Severity, int RaisedSeen, DateTimeOffset? CalmSince, DateTimeOffset? ClosedAt)
{
    /// <summary>True until the alert is closed.</summary>
    public bool IsOpen => ClosedAt is null;
}
