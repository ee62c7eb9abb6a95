using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Storage.Alerts;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>
/// What one round finds: retracted texts are forgotten, then come the looks that the clock has reached, in order, then
/// the steps up to the clock.
/// </summary>
/// <param name="Done">The looks that were done.</param>
/// <param name="Changes">What happened to alerts, in order.</param>
/// <param name="LeavesMore">Looks beyond those that were read may be due at once.</param>
internal sealed record RoundEvaluation(
    IReadOnlyList<PendingLook> Done, IReadOnlyList<AlertChange> Changes, bool LeavesMore)
{
    /// <summary>Evaluates a round.</summary>
    /// <param name="detector">The detector, which moves on.</param>
    /// <param name="clock">Which looks are due.</param>
    /// <param name="now">Where the clock stands.</param>
    /// <param name="looks">The looks owed, in the detector's order.</param>
    /// <param name="hasAllLooks">False when there are more than these.</param>
    /// <param name="retractions">What is to be forgotten first.</param>
    public static RoundEvaluation Run(
        SpikeDetector detector,
        DetectorClock clock,
        DateTimeOffset? now,
        IReadOnlyList<PendingLook> looks,
        bool hasAllLooks,
        IReadOnlyList<PendingRetraction>? retractions = null)
    {
        foreach (var retraction in retractions ?? [])
        {
            detector.Retract(retraction.Series, retraction.ExternalId);
        }

        var done = looks.TakeWhile(look => clock.HasReached(look.Text.LogKey)).ToList();
        var changes = done.Where(look => look.IsCurrent).SelectMany(look => detector.Look(look.Text)).ToList();
        var leavesMore = !hasAllLooks && done.Count == looks.Count;
        if (!leavesMore && now is { } moment)
        {
            changes.AddRange(detector.AdvanceTo(moment));
        }

        return new RoundEvaluation(done, changes, leavesMore);
    }
}
