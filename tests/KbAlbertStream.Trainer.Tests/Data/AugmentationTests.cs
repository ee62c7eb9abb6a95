using KbAlbertStream.Trainer.Data;

namespace KbAlbertStream.Trainer.Tests.Data;

public sealed class AugmentationTests
{
    private static readonly float[] Negative = [1, 0, 0], Neutral = [0, 1, 0];

    [Fact]
    public void A_swap_replaces_the_institution_everywhere_by_one_of_its_kind()
    {
        var swap = new InstitutionSwap(["가나은행", "다라저축은행", "마바저축은행", "사아카드"]);
        var text = new LabelledText("다라저축은행 횡령", "다라저축은행은 사과했다.", "다라저축은행", [Negative, [1], [0]]);

        var titles = Enumerable.Range(0, 40).Select(seed => swap.Apply(text, new Random(seed))).ToList();

        Assert.Equal(["다라저축은행 횡령", "마바저축은행 횡령"], titles.Select(one => one.Title).Distinct().Order(StringComparer.Ordinal));
        Assert.All(titles, one => Assert.Equal($"{one.Entity}은 사과했다.", one.Text));
        Assert.All(titles, one => Assert.Same(text.Targets, one.Targets));
    }

    [Fact]
    public void A_text_about_no_known_kind_of_institution_stays() => Assert.Equal(
        "무명 상회", new InstitutionSwap(["가나은행"]).Apply(new LabelledText("무명 상회", "", "무명", [null, null, null]), new Random(1)).Title);

    [Fact]
    public void Joined_texts_carry_the_labels_of_both_and_a_tone_only_when_it_is_the_same()
    {
        var first = new LabelledText("제목", "하나.", "", [Negative, [1, 0], [0]]);
        var second = new LabelledText("", "둘.", "", [Neutral, [0, 1], [0]]);

        var joined = TextJoin.Apply(first, second);

        Assert.Equal(("제목", "하나. 둘."), (joined.Title, joined.Text));
        Assert.Null(joined.Targets[0]);
        Assert.Equal([1f, 1f], joined.Targets[1]!);
        Assert.Equal(Negative, TextJoin.Apply(first, first).Targets[0]!);
    }

    [Fact]
    public void Joining_with_a_text_of_unknown_labels_leaves_them_unknown() => Assert.Null(
        TextJoin.Apply(new LabelledText("", "a", "", [Negative, [1], [1]]), new LabelledText("", "b", "", [Negative, null, null])).Targets[1]);
}
