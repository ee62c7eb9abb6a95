namespace KbAlbertStream.Core.Spikes;

/// <summary>All that the detector knows between two rounds.</summary>
/// <param name="EvaluatedUntil">The last step that was evaluated; null before the first text.</param>
/// <param name="Series">All series.</param>
/// <param name="RecentTexts">The texts since <see cref="SpikeDetector.RemembersFrom"/>, copies marked.</param>
public sealed record DetectorSnapshot(
    DateTimeOffset? EvaluatedUntil, IReadOnlyCollection<SeriesState> Series, IReadOnlyCollection<SeenText> RecentTexts)
{
    /// <summary>The detector before its first text.</summary>
    public static readonly DetectorSnapshot Empty = new(null, [], []);
}
