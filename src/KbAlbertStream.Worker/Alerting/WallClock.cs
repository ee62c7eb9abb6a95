using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>Lets the detector's clock follow the wall clock once everything has been read to the end for a while.</summary>
internal sealed class WallClock(bool follows, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // On the stop watch: a wall clock that is set forward must not make a moment look like five minutes.
    private long? _allReadSince;

    /// <summary>Where the detector's clock stands; null when it does not stand anywhere yet.</summary>
    public DateTimeOffset? Read(DetectorClock clock)
    {
        _allReadSince = clock.AllRead ? _allReadSince ?? time.GetTimestamp() : null;
        var isQuiet = follows && clock.Time is not null
            && _allReadSince is { } since && time.GetElapsedTime(since) >= Patience;
        var now = time.GetUtcNow();
        return isQuiet && now > clock.Time ? now : clock.Time;
    }
}
