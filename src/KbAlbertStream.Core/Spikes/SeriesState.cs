namespace KbAlbertStream.Core.Spikes;

/// <summary>What must be kept of a series so that the detector can go on elsewhere (its recent texts aside).</summary>
/// <param name="Series">The series.</param>
/// <param name="Level">What is normal.</param>
/// <param name="ObservedSince">Event time of its first text.</param>
/// <param name="LearnedUntil">The first day (Korean) that the level has not learned.</param>
/// <param name="Alert">Its latest alert; null when there never was one.</param>
public sealed record SeriesState(
    SeriesKey Series, Level Level, DateTimeOffset ObservedSince, DateOnly LearnedUntil, AlertState? Alert);
