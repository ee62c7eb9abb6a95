using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>Lets the detector's clock follow the wall clock once everything has been read to the end for a while.</summary>
internal sealed class WallClock(bool follows, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private DateTimeOffset? _allReadSince;

    /// <summary>Where the detector's clock stands; null when it does not stand anywhere yet.</summary>
    public DateTimeOffset? Read(DetectorClock clock)
    {
        var now = time.GetUtcNow();
        _allReadSince = clock.AllRead ? _allReadSince ?? now : null;
        var isQuiet = follows && clock.Time is not null && now - _allReadSince >= Patience;
        return isQuiet && now > clock.Time ? now : clock.Time;
    }
}
