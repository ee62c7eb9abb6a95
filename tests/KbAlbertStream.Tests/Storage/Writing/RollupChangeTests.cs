using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.Tests.Storage.Writing;

public sealed class RollupChangeTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_counted_text_stands_in_each_of_its_categories_and_once_in_all() =>
        Assert.Equal(
            ["all 1", "data_breach 1", "it_outage 1"],
            Lines(new MentionChange(Mention(1, 0, true, "data_breach", "it_outage"), IsNew: true)));

    [Fact]
    public void A_new_copy_that_does_not_count_changes_nothing() =>
        Assert.Empty(Lines(new MentionChange(Mention(1, 0, false, "data_breach"), IsNew: true)));

    [Fact]
    public void A_text_whose_place_another_takes_is_subtracted_and_what_cancels_out_is_left_out() =>
        Assert.Equal(
            ["data_breach -1", "it_outage 1"],
            Lines(
                new MentionChange(Mention(1, 4, false, "data_breach"), IsNew: false, WasCounted: true),
                new MentionChange(Mention(2, 0, true, "it_outage"), IsNew: true)));

    [Fact]
    public void Buckets_are_five_minutes_of_event_time()
    {
        var changes = RollupChange.From(
            new[] { 0, 4, 5, 11 }.Select(minute => new MentionChange(Mention(minute, minute, true), IsNew: true)));

        Assert.Equal(
            [(0, 2), (5, 1), (10, 1)],
            changes.Select(c => ((int)(c.Bucket - Start).TotalMinutes, c.Texts)).Order());
    }

    private static IEnumerable<string> Lines(params MentionChange[] changes) =>
        RollupChange.From(changes).Select(c => FormattableString.Invariant($"{c.Category} {c.Texts}")).Order();

    private static NegativeMention Mention(long offset, int minute, bool counted, params string[] categories) => new(
        "kb_bank", new RecordPosition(MessageKind.News, Start, "risk.news.v1", 0, offset), Start.AddMinutes(minute), 90,
        "연합", "00", null, [.. categories], counted);
}
