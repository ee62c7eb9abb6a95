using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace KbAlbertStream.Tests.Worker.Pipeline;

public sealed class CatchUpTests
{
    private static readonly DateTimeOffset Start = Some.Recorded;

    private readonly FakeTimeProvider _time = new(Start);

    private CatchUp CatchUp => field ??= new CatchUp(_time);

    [Fact]
    public void A_batch_of_fresh_records_follows_no_pause()
    {
        Assert.False(CatchUp.IsDue(Recorded(Start - CatchUp.Late - TimeSpan.FromHours(1), Start - CatchUp.Late), again: false));
    }

    [Fact]
    public void A_batch_that_failed_before_follows_one_every_time()
    {
        Assert.True(CatchUp.IsDue(Recorded(Start), again: true));
        Assert.True(CatchUp.IsDue(Recorded(Start), again: true));
    }

    [Fact]
    public void Of_a_backlog_one_batch_in_five_seconds_does()
    {
        var late = Recorded(Start - CatchUp.Late - TimeSpan.FromMilliseconds(1));
        var due = new List<bool>();
        for (var second = 0; second < 11; second++)
        {
            due.Add(CatchUp.IsDue(late, again: false));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 5, 10], due.Index().Where(item => item.Item).Select(item => item.Index));
    }

    [Fact]
    public void Records_without_a_time_and_batches_without_texts_say_nothing()
    {
        Assert.False(CatchUp.IsDue(Recorded(RecordPosition.UnknownTime), again: false));
        Assert.False(CatchUp.IsDue(Recorded(), again: false));
    }

    private static EventBatch Recorded(params DateTimeOffset[] times)
    {
        var batch = Some.Batch([.. times.Select((_, i) => Some.Record(i, Some.News($"n{i}")))]);
        var events = Some.Scorer().Score(batch).Events;
        return new EventBatch(
            [.. events.Zip(times, (scored, at) => scored with { Position = scored.Position with { RecordedAt = at } })], [], []);
    }
}
