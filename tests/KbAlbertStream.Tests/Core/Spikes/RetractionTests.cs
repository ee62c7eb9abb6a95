using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Core.Spikes;

public sealed class RetractionTests
{
    private static readonly SeriesKey Series = new(KbAlbertStream.Core.Messages.MessageKind.News, "a");

    [Fact]
    public void A_retracted_text_is_not_seen_any_more()
    {
        var stream = new SpikeStream();
        stream.Look(stream.Text(1) with { ExternalId = "x" }, stream.Text(1.1) with { ExternalId = "y" });

        stream.Detector.Retract(Series, "x");
        stream.Detector.Retract(Series, "never seen");
        stream.Look(stream.Text(1.2), stream.Text(1.3));

        Assert.Equal(3, SeenAt(stream, 1.3));
    }

    [Fact]
    public void Three_texts_of_which_one_was_retracted_open_no_alert()
    {
        var stream = new SpikeStream();
        stream.Look(stream.Text(1) with { ExternalId = "x" }, stream.Text(1.1));
        stream.Detector.Retract(Series, "x");

        stream.Look(stream.Text(1.2));

        Assert.Empty(stream.Changes);
        Assert.Equal(AlertChangeType.Opened, Assert.Single(stream.Look(stream.Text(1.3)).Types));
    }

    [Fact]
    public void Copies_of_a_retracted_text_are_settled_anew()
    {
        var stream = new SpikeStream();
        foreach (var (hours, id) in new[] { (1.0, "first"), (2.0, "second"), (3.0, "third") })
        {
            stream.Look(stream.Text(hours, story: "wire") with { ExternalId = id });
        }

        Assert.Equal(1, SeenAt(stream, 3));
        stream.Detector.Retract(Series, "first");
        Assert.Equal(1, SeenAt(stream, 3));
        stream.Detector.Retract(Series, "third");
        stream.Detector.Retract(Series, "second");
        Assert.Equal(0, SeenAt(stream, 3));
    }

    [Fact]
    public void A_later_version_is_seen_in_place_of_the_earlier_one()
    {
        var stream = new SpikeStream();
        stream.Look(stream.Text(1) with { ExternalId = "x" }, stream.Text(1.5) with { ExternalId = "x" });

        Assert.Equal(1, SeenAt(stream, 1.5));
        Assert.Equal(0, SeenAt(stream, 1.2));
    }

    [Fact]
    public void A_new_alert_names_all_texts_that_it_counted()
    {
        var stream = new SpikeStream();
        for (var i = 0; i < 9; i++)
        {
            var text = stream.Text(1 + (i / 100.0), story: i % 3 == 2 ? "copied" : null, source: "one");
            stream.Look(text with { ExternalId = $"t{i}" });
        }

        stream.Look(stream.Text(1.5, source: "two") with { ExternalId = "last" });

        var opened = Assert.Single(stream.Changes, change => change.Type == AlertChangeType.Opened);
        Assert.Equal(["t0", "t1", "t2", "t3", "t4", "t6", "t7", "last"], opened.CountedIds);
        Assert.Equal(opened.Verdict.Deciding!.Seen, opened.CountedIds.Length);
    }

    private static int SeenAt(SpikeStream stream, double hours) =>
        stream.Detector.Read(Series, SpikeStream.Start.AddHours(hours))!.Windows[^1].Seen;
}
