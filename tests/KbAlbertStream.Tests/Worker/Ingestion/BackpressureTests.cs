using KbAlbertStream.Worker.Ingestion;
using Microsoft.Extensions.Time.Testing;

namespace KbAlbertStream.Tests.Worker.Ingestion;

public sealed class BackpressureTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_free_pipeline_is_polled_for()
    {
        Assert.Equal(PollMode.Poll, Policy().Decide(blocked: false));
    }

    [Fact]
    public void A_busy_pipeline_is_waited_for_unpolled_at_most_ten_seconds()
    {
        var policy = Policy();
        Assert.Equal(PollMode.Wait, policy.Decide(blocked: true));
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal(PollMode.Wait, policy.Decide(blocked: true));

        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(PollMode.PollPaused, policy.Decide(blocked: true));
    }

    [Fact]
    public void The_wait_begins_anew_after_the_pipeline_took_a_batch()
    {
        var policy = Policy();
        policy.Decide(blocked: true);
        _time.Advance(TimeSpan.FromSeconds(11));
        policy.Decide(blocked: true);

        Assert.Equal(PollMode.Poll, policy.Decide(blocked: false));
        Assert.Equal(PollMode.Wait, policy.Decide(blocked: true));
    }

    private Backpressure Policy() => new(TimeSpan.FromSeconds(10), _time);
}
