using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>What one round found; stored all or nothing.</summary>
/// <param name="Looks">The looks that were done.</param>
/// <param name="EvaluatedUntil">The last step evaluated; null when that did not change.</param>
/// <param name="ChangedStates">The series whose state changed.</param>
/// <param name="Changes">What happened to alerts, in order.</param>
/// <param name="Sinks">Who is to be told of alerts that opened.</param>
public sealed record DetectorOutcome(
    IReadOnlyCollection<PendingLook> Looks,
    DateTimeOffset? EvaluatedUntil,
    IReadOnlyCollection<SeriesState> ChangedStates,
    IReadOnlyCollection<AlertChange> Changes,
    IReadOnlyCollection<string> Sinks)
{
    /// <summary>The retractions that were heeded.</summary>
    public IReadOnlyCollection<PendingRetraction> Retractions { get; init; } = [];

    /// <summary>True when there is nothing to store.</summary>
    public bool IsEmpty =>
        Looks.Count == 0 && Retractions.Count == 0 && EvaluatedUntil is null && ChangedStates.Count == 0 && Changes.Count == 0;
}
