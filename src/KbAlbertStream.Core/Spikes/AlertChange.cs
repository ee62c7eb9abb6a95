using System.Collections.Immutable;

namespace KbAlbertStream.Core.Spikes;

/// <summary>One transition of an alert, in event time.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Series">Whose alert it is.</param>
/// <param name="At">Event time of the transition.</param>
/// <param name="Alert">The alert after it.</param>
/// <param name="Verdict">The windows at that moment.</param>
/// <param name="Level">What was normal then.</param>
/// <param name="Evidence">The strongest texts of the deciding window, strongest first; empty for a closing.</param>
public sealed record AlertChange(
    AlertChangeType Type,
    SeriesKey Series,
    DateTimeOffset At,
    AlertState Alert,
    SpikeVerdict Verdict,
    Level Level,
    ImmutableArray<SeenText> Evidence)
{
    /// <summary>Of a new alert: the identifiers of all texts that count in the deciding window. Else empty.</summary>
    public ImmutableArray<string> CountedIds { get; init; } = [];
}
