using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace KbAlbertStream.Tests.Worker.Telemetry;

public sealed class PausedTimeTests
{
    [Fact]
    public void Pauses_add_up_and_saying_so_twice_changes_nothing()
    {
        var time = new FakeTimeProvider();
        var paused = new PausedTime(time);
        paused.Set(true);
        time.Advance(TimeSpan.FromSeconds(2));
        paused.Set(true);
        time.Advance(TimeSpan.FromSeconds(3));
        paused.Set(false);
        paused.Set(false);
        time.Advance(TimeSpan.FromSeconds(10));
        paused.Set(true);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(paused.IsPaused);
        Assert.Equal(TimeSpan.FromSeconds(6), paused.Total);
    }
}
