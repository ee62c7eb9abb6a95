using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Tests.Core.Spikes;

public sealed class DetectorClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_partitions_there_is_no_time()
    {
        Assert.Equal(new DetectorClock(null, null), DetectorClock.Of([]));
    }

    [Fact]
    public void With_all_read_it_is_the_largest()
    {
        var clock = DetectorClock.Of([Read("a", 0, 5, 5, 0), Read("a", 1, 7, 7, 60), Read("b", 0, 9, null, 30)]);

        Assert.Equal(Noon.AddMinutes(60), clock.Time);
        Assert.True(clock.AllRead);
        Assert.True(clock.HasReached(new LogKey(Noon.AddDays(9), "z", 9, 9)));
    }

    [Fact]
    public void With_unread_records_it_is_the_smallest_of_their_partitions()
    {
        var clock = DetectorClock.Of([Read("a", 0, 5, 5, 0), Read("a", 1, 6, 7, 60), Read("b", 0, 8, 9, 30)]);

        Assert.Equal(Noon.AddMinutes(30), clock.Time);
        Assert.False(clock.AllRead);
    }

    [Fact]
    public void An_unread_partition_without_a_time_holds_it()
    {
        var clock = DetectorClock.Of([Read("a", 0, 5, 5, 60), new ReadPartition("b", 0, 0, 3, null)]);

        Assert.Null(clock.Time);
        Assert.False(clock.HasReached(new LogKey(Noon, "a", 0, 4)));
    }

    [Fact]
    public void A_partition_of_dead_letters_alone_has_no_say()
    {
        var clock = DetectorClock.Of([new ReadPartition("b", 0, 3, 3, null), Read("a", 0, 5, 5, 60)]);

        Assert.Equal(Noon.AddMinutes(60), clock.Time);
    }

    [Theory]
    [InlineData("a", 0, 9, true)] // before the unread partition in the order of topics
    [InlineData("b", 0, 7, true)] // read
    [InlineData("b", 0, 8, false)] // the next one
    [InlineData("c", 0, 1, false)] // an unread record of b may share the time and come first
    public void At_equal_times_the_order_of_the_log_decides(string topic, int partition, long offset, bool reached)
    {
        var clock = DetectorClock.Of([Read("b", 0, 8, 9, 30), Read("a", 0, 20, 20, 60), Read("c", 0, 2, 2, 60)]);

        Assert.Equal(reached, clock.HasReached(new LogKey(Noon.AddMinutes(30), topic, partition, offset)));
    }

    private static ReadPartition Read(string topic, int partition, long next, long? end, int minutes) =>
        new(topic, partition, next, end, Noon.AddMinutes(minutes));
}
