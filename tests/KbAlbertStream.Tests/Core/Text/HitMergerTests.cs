using KbAlbertStream.Core.Text.Redaction;

namespace KbAlbertStream.Tests.Core.Text;

public sealed class HitMergerTests
{
    [Fact]
    public void Spans_apart_from_each_other_stay_in_order() =>
        Assert.Equal([new Hit(0, 3, "A"), new Hit(3, 5, "B")], Merge(new Hit(3, 5, "B"), new Hit(0, 3, "A")));

    [Fact]
    public void Overlapping_spans_become_one_under_the_type_of_the_longest() =>
        Assert.Equal([new Hit(0, 9, "B")], Merge(new Hit(0, 4, "A"), new Hit(2, 8, "B"), new Hit(7, 9, "C")));

    [Fact]
    public void Of_equal_spans_the_earlier_recogniser_names_the_type() =>
        Assert.Equal([new Hit(1, 4, "A")], Merge(new Hit(1, 4, "A"), new Hit(1, 4, "B")));

    [Fact]
    public void A_span_that_must_stay_shields_what_lies_within_it() =>
        Assert.Empty(Merge(new Hit(0, 8, null), new Hit(0, 8, "A"), new Hit(2, 8, "B")));

    [Fact]
    public void A_span_that_reaches_beyond_is_masked_whole() =>
        Assert.Equal([new Hit(2, 9, "A")], Merge(new Hit(0, 8, null), new Hit(2, 9, "A")));

    [Fact]
    public void An_earlier_recogniser_that_masks_the_same_span_outranks_one_that_keeps_it() =>
        Assert.Equal([new Hit(0, 8, "A")], Merge(new Hit(0, 8, "A"), new Hit(0, 8, null)));

    private static List<Hit> Merge(params List<Hit> hits) => HitMerger.Merge(hits);
}
