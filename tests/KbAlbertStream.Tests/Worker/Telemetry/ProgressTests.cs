using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace KbAlbertStream.Tests.Worker.Telemetry;

public sealed class ProgressTests
{
    [Fact]
    public void Progress_grows_old_until_the_service_gets_on()
    {
        var time = new FakeTimeProvider();
        var progress = new Progress(time);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(30, progress.Age.TotalSeconds);

        progress.Beat();

        Assert.Equal(0, progress.Age.TotalSeconds);
    }

    [Fact]
    public void Waiting_for_a_server_is_no_readiness_but_progress()
    {
        var time = new FakeTimeProvider();
        var progress = new Progress(time);
        progress.Ready();
        time.Advance(TimeSpan.FromSeconds(30));

        progress.WaitFor("database");

        Assert.Equal("database", progress.WaitingFor);
        Assert.Equal(0, progress.Age.TotalSeconds);
        progress.Ready();
        Assert.Null(progress.WaitingFor);
    }
}
