using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Core.Spikes;

public sealed class SpikeDetectorTests
{
    private const double ThirtyDays = 30 * 24;

    private readonly SpikeStream _stream = new();

    [Fact]
    public void A_sparse_institution_raises_no_alert_on_ordinary_days()
    {
        _stream.Every(48, 0, ThirtyDays).Every(30, ThirtyDays, 2 * ThirtyDays);

        Assert.Empty(_stream.Changes);
    }

    [Fact]
    public void A_busy_institution_raises_no_alert_once_its_level_is_known()
    {
        _stream.Every(2.4, 0, 3 * ThirtyDays);

        Assert.DoesNotContain(_stream.Changes, change => SpikeStream.HoursOf(change.At) > 24 * 14);
    }

    [Fact]
    public void The_alert_opens_at_the_text_that_decides_it()
    {
        _stream.Every(48, 0, ThirtyDays).Every(0.25, ThirtyDays, ThirtyDays + 3);

        var opened = _stream.Changes[0];
        Assert.Equal(AlertChangeType.Opened, opened.Type);
        Assert.Equal(ThirtyDays + 0.5, SpikeStream.HoursOf(opened.At));
        Assert.Equal(3, opened.Verdict.Deciding!.Seen);
        Assert.Equal(1, opened.Verdict.Deciding.Hours);
        Assert.Equal(3, opened.Evidence.Length);
    }

    [Fact]
    public void While_an_alert_is_open_there_is_no_second_and_it_becomes_critical()
    {
        _stream.Every(12, 0, ThirtyDays).Every(0.25, ThirtyDays, ThirtyDays + 6);

        Assert.Single(_stream.Types, AlertChangeType.Opened);
        Assert.Equal(Severity.Warning, _stream.Changes[0].Alert.Severity);
        Assert.Contains(
            _stream.Changes, change => change is { Type: AlertChangeType.Raised, Alert.Severity: Severity.Critical });
    }

    [Fact]
    public void It_closes_after_12_hours_of_calm()
    {
        _stream.Every(48, 0, ThirtyDays).Every(0.25, ThirtyDays, ThirtyDays + 3).AdvanceTo(ThirtyDays + 72);

        var closed = _stream.Changes[^1];
        Assert.Equal(AlertChangeType.Closed, closed.Type);

        // Two texts in 24 h are calm (p = 0.08): so the calm begins when the third last text is 24 h ago.
        var calm = ThirtyDays + 2.25 + 24;
        Assert.Equal(calm, SpikeStream.HoursOf(closed.Alert.CalmSince!.Value), 0.1);
        Assert.Equal(calm + 12, SpikeStream.HoursOf(closed.At), 0.1);
        Assert.Equal(12, (closed.At - closed.Alert.CalmSince.Value).TotalHours);
    }

    [Fact]
    public void Unrest_in_between_starts_the_calm_anew()
    {
        _stream.Every(48, 0, ThirtyDays).Every(0.25, ThirtyDays, ThirtyDays + 3);
        _stream.AdvanceTo(ThirtyDays + 36);
        _stream.Every(0.5, ThirtyDays + 36, ThirtyDays + 38).AdvanceTo(ThirtyDays + 50);
        Assert.DoesNotContain(AlertChangeType.Closed, _stream.Types);

        _stream.AdvanceTo(ThirtyDays + 76);
        Assert.Single(_stream.Types, AlertChangeType.Closed);
        Assert.Single(_stream.Types, AlertChangeType.Opened);
    }

    [Fact]
    public void A_spike_soon_after_the_closing_opens_the_same_alert_again()
    {
        _stream.Every(48, 0, ThirtyDays).Every(0.25, ThirtyDays, ThirtyDays + 3).AdvanceTo(ThirtyDays + 39);
        var closedAt = SpikeStream.HoursOf(_stream.Changes[^1].At);

        _stream.Every(0.25, closedAt + 1, closedAt + 2);
        Assert.Equal(AlertChangeType.Reopened, _stream.Changes[^1].Type);
        Assert.Equal(_stream.Changes[0].Alert.OpenedAt, _stream.Changes[^1].Alert.OpenedAt);
    }

    [Fact]
    public void A_spike_long_after_the_closing_is_a_new_alert()
    {
        _stream.Every(48, 0, ThirtyDays).Every(0.25, ThirtyDays, ThirtyDays + 3).AdvanceTo(ThirtyDays + 60);
        _stream.Every(0.25, ThirtyDays + 60, ThirtyDays + 62);

        Assert.Equal(2, _stream.Types.Count(type => type == AlertChangeType.Opened));
    }

    [Fact]
    public void Copies_of_one_story_count_once()
    {
        _stream.Every(48, 0, ThirtyDays);
        for (var copy = 0; copy < 30; copy++)
        {
            _stream.Look(_stream.Text(ThirtyDays + (copy / 20.0), source: $"publisher {copy}", story: "wire"));
        }

        Assert.Empty(_stream.Changes);
        Assert.Equal(1, _stream.Detector.Read(new SeriesKey(MessageKind.News, "a"), SpikeStream.Start.AddHours(
            ThirtyDays + 2))!.Longest.Seen);
    }

    [Fact]
    public void One_publisher_alone_raises_no_alert_until_a_second_copies_it()
    {
        _stream.Every(48, 0, ThirtyDays);
        _stream.Look([.. Enumerable.Range(0, 6).Select(i => _stream.Text(
            ThirtyDays + (i / 10.0), source: "one", story: $"s{i}"))]);
        Assert.Empty(_stream.Changes);

        _stream.Look(_stream.Text(ThirtyDays + 0.7, source: "two", story: "s3"));
        Assert.Equal(AlertChangeType.Opened, Assert.Single(_stream.Changes).Type);
        Assert.Equal(6, _stream.Changes[0].Verdict.Deciding!.Seen);
    }

    [Fact]
    public void Complaints_need_no_second_channel()
    {
        _stream.Every(48, 0, ThirtyDays, kind: MessageKind.Complaint);
        _stream.Look([.. Enumerable.Range(0, 6).Select(i => _stream.Text(
            ThirtyDays + (i / 10.0), source: "app", kind: MessageKind.Complaint))]);

        Assert.Contains(AlertChangeType.Opened, _stream.Types);
    }

    [Fact]
    public void Institutions_and_kinds_are_counted_apart()
    {
        _stream.Every(48, 0, ThirtyDays, "a").Every(48, ThirtyDays, ThirtyDays + 1, "b");
        _stream.Look(
            _stream.Text(ThirtyDays + 1, "a"), _stream.Text(ThirtyDays + 1, "b"),
            _stream.Text(ThirtyDays + 1, "a", kind: MessageKind.Complaint),
            _stream.Text(ThirtyDays + 1.1, "a"), _stream.Text(ThirtyDays + 1.1, "b"),
            _stream.Text(ThirtyDays + 1.1, "a", kind: MessageKind.Complaint));

        Assert.Empty(_stream.Changes);
    }

    [Fact]
    public void A_severe_category_is_critical_at_once()
    {
        _stream.Every(48, 0, ThirtyDays);
        _stream.Look([.. Enumerable.Range(0, 3).Select(i =>
            _stream.Text(ThirtyDays + (i / 4.0), category: "data_breach"))]);

        Assert.Equal(Severity.Critical, Assert.Single(_stream.Changes).Alert.Severity);
    }

    [Fact]
    public void A_new_institution_is_tagged()
    {
        _stream.Every(0.2, 0, 2);

        Assert.True(_stream.Changes[0].Verdict.ColdStart);
    }

    [Fact]
    public void A_late_text_completes_the_windows_of_those_before_it()
    {
        _stream.Every(48, 0, ThirtyDays);
        var (first, late, second, third) = (
            _stream.Text(ThirtyDays), _stream.Text(ThirtyDays + 0.2), _stream.Text(ThirtyDays + 0.4),
            _stream.Text(ThirtyDays + 0.9));
        _stream.Look(first, second, third with { ClockAt = third.OccurredAt });
        Assert.Single(_stream.Changes);

        var other = new SpikeStream();
        other.Every(48, 0, ThirtyDays).Look(first, second);
        Assert.Empty(other.Changes);
        other.Look(late with { ClockAt = second.OccurredAt });
        Assert.Equal(second.OccurredAt, Assert.Single(other.Changes).At);
    }

    [Fact]
    public void Texts_a_day_late_teach_but_do_not_fire()
    {
        _stream.Every(48, 0, ThirtyDays);
        var now = _stream.Text(ThirtyDays + 30);
        _stream.Look(now);
        _stream.Look([.. Enumerable.Range(0, 8).Select(i => _stream.Text(ThirtyDays + (i / 10.0)))]);
        Assert.Empty(_stream.Changes);

        _stream.AdvanceTo(ThirtyDays + 80);
        var taught = _stream.Detector.TakeChangedStates().Single().Level.RatePerHour(SpikeRules.Default);
        var without = new SpikeStream();
        without.Every(48, 0, ThirtyDays).Look(now).AdvanceTo(ThirtyDays + 80);
        Assert.True(taught > without.Detector.TakeChangedStates().Single().Level.RatePerHour(SpikeRules.Default));
    }

    [Fact]
    public void The_last_two_days_have_taught_nothing_yet()
    {
        _stream.Every(48, 0, ThirtyDays);
        _stream.Detector.TakeChangedStates();
        _stream.AdvanceTo(ThirtyDays + 15 + 0.2);

        // ThirtyDays + 15 h is midnight in Korea: the day that is learned ended 24 hours before it.
        var state = Assert.Single(_stream.Detector.TakeChangedStates());
        Assert.Equal(KoreanDay.Of(SpikeStream.Start.AddHours(ThirtyDays + 15)).AddDays(-1), state.LearnedUntil);
    }

    [Fact]
    public void Years_of_silence_cost_little_and_close_what_is_open()
    {
        _stream.Every(0.2, 0, 2).AdvanceTo(20 * 365 * 24);

        Assert.Equal(AlertChangeType.Closed, _stream.Changes[^1].Type);
        Assert.Equal(20 * 365 * 24, SpikeStream.HoursOf(_stream.Detector.EvaluatedUntil!.Value), 0.1);
    }

    [Fact]
    public void The_wall_clock_plays_no_part_in_what_is_found()
    {
        var whole = new SpikeStream();
        whole.Every(7, 0, ThirtyDays).Every(0.5, ThirtyDays, ThirtyDays + 5).AdvanceTo(ThirtyDays + 60);
        var cut = new SpikeStream();
        cut.Every(7, 0, ThirtyDays).Every(0.5, ThirtyDays, ThirtyDays + 5);
        for (var at = ThirtyDays + 5; at <= ThirtyDays + 60; at += 0.33)
        {
            cut.AdvanceTo(at);
        }

        cut.AdvanceTo(ThirtyDays + 60);
        Assert.Equal(AlertLines.Of(whole.Changes), AlertLines.Of(cut.Changes));
    }
}
