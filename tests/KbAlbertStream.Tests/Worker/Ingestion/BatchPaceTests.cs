using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Tests.Worker.Ingestion;

public sealed class BatchPaceTests
{
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(500);

    [Fact]
    public void Full_batches_that_are_quick_grow_to_the_bound()
    {
        var pace = Pace(maxRecords: 1000);

        pace.Note(256, Work / 10);
        Assert.Equal(512, pace.MostRecords);
        pace.Note(512, Work / 10);
        pace.Note(1000, Work / 10);

        Assert.Equal(1000, pace.MostRecords);
    }

    [Fact]
    public void A_slow_model_gets_small_batches_and_never_none()
    {
        var pace = Pace(maxRecords: 1000);

        for (var i = 0; i < 20; i++)
        {
            pace.Note(pace.MostRecords, pace.MostRecords * TimeSpan.FromSeconds(1));
        }

        Assert.Equal(16, pace.MostRecords);
    }

    [Fact]
    public void It_settles_where_a_batch_takes_the_time_it_may_take()
    {
        var pace = Pace(maxRecords: 10_000);

        for (var i = 0; i < 20; i++)
        {
            pace.Note(pace.MostRecords, pace.MostRecords * TimeSpan.FromMilliseconds(2));
        }

        Assert.Equal(250, pace.MostRecords);
    }

    [Fact]
    public void A_batch_that_was_not_full_does_not_make_others_smaller_or_larger()
    {
        var pace = Pace(maxRecords: 1000);

        pace.Note(1, TimeSpan.FromMilliseconds(10));
        pace.Note(200, TimeSpan.FromMilliseconds(1));
        pace.Note(0, TimeSpan.FromMilliseconds(1));

        Assert.Equal(256, pace.MostRecords);
    }

    [Fact]
    public void A_stall_of_a_minute_halves_once_and_the_next_batch_makes_up_for_it()
    {
        var pace = Pace(maxRecords: 1000);

        pace.Note(256, TimeSpan.FromMinutes(1));
        Assert.Equal(128, pace.MostRecords);
        pace.Note(128, Work / 10);

        Assert.Equal(256, pace.MostRecords);
    }

    [Fact]
    public void The_bound_of_the_configuration_holds_below_the_smallest_batch_too() =>
        Assert.Equal(3, Pace(maxRecords: 3).MostRecords);

    private static BatchPace Pace(int maxRecords) => new(new BatchingOptions { MaxRecords = maxRecords, MaxWork = Work });
}
