using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Worker.Alerting;
using Microsoft.Extensions.Time.Testing;

namespace KbAlbertStream.Tests.Worker.Alerting;

public sealed class WallClockTests
{
    private static readonly DateTimeOffset LastText = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DetectorClock AllRead = new(LastText, null);
    private static readonly DetectorClock Behind = new(LastText, new LogKey(LastText, "risk.news.v1", 0, 7));

    private readonly FakeTimeProvider _time = new(LastText.AddHours(3));

    [Fact]
    public void It_is_followed_once_all_has_been_read_for_five_minutes()
    {
        var clock = new WallClock(follows: true, _time);
        Assert.Equal(LastText, clock.Read(AllRead));

        _time.Advance(TimeSpan.FromMinutes(4.9));
        Assert.Equal(LastText, clock.Read(AllRead));

        _time.Advance(TimeSpan.FromMinutes(0.1));
        Assert.Equal(_time.GetUtcNow(), clock.Read(AllRead));
    }

    [Fact]
    public void A_wall_clock_that_is_set_forward_is_not_taken_for_five_quiet_minutes()
    {
        var time = new SetForward();
        var clock = new WallClock(follows: true, time);
        clock.Read(AllRead);

        time.Ahead = TimeSpan.FromHours(1);

        Assert.Equal(LastText, clock.Read(AllRead));
    }

    [Fact]
    public void A_partition_that_falls_behind_stops_it()
    {
        var clock = new WallClock(follows: true, _time);
        clock.Read(AllRead);
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(LastText, clock.Read(Behind));

        Assert.Equal(LastText, clock.Read(AllRead));
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(_time.GetUtcNow(), clock.Read(AllRead));
    }

    [Fact]
    public void Switched_off_it_is_never_followed()
    {
        var clock = new WallClock(follows: false, _time);
        clock.Read(AllRead);
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(LastText, clock.Read(AllRead));
    }

    [Fact]
    public void Before_the_first_text_there_is_no_time()
    {
        var clock = new WallClock(follows: true, _time);
        var nothing = new DetectorClock(null, null);
        clock.Read(nothing);
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Null(clock.Read(nothing));
    }

    /// <summary>A wall clock that somebody sets; the stop watch runs on.</summary>
    private sealed class SetForward : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => LastText.AddHours(3) + Ahead;
    }
}
