using System.Globalization;
using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Teaching;

namespace KbAlbertStream.Trainer.Tests.Teaching;

public sealed class NGramTeacherTests
{
    private static readonly float[] Negative = [1, 0, 0], Neutral = [0, 1, 0];
    private const int FirstSilent = 180;
    private static readonly Random Coin = new(2);

    private static readonly HeadShape[] Heads =
    [
        ModelDefaults.Sentiment,
        new HeadShape("reputation", ["it_outage", "embezzlement_breach", "labor"], MultiLabel: true),
        new HeadShape("compliance", ["it_service", "internal_control"], MultiLabel: true),
    ];

    // Most texts tell one of two events, or none, and something of their own; the last ones have a label and nothing that speaks for it.
    private static readonly LabelledText[] Texts =
    [
        .. Enumerable.Range(0, 60).Select(i => Text($"전산 장애로 송금 중단 {Filler(i)}", label: 0)),
        .. Enumerable.Range(60, 60).Select(i => Text($"직원이 예금 횡령 {Filler(i)}", label: 1)),
        .. Enumerable.Range(120, 60).Select(i => Text($"새 광고를 내보냈다 {Filler(i)}", label: null)),
        .. Enumerable.Range(FirstSilent, 60).Select(i => Text(Filler(i), label: Coin.Next(2) == 0 ? 0 : null)),
    ];

    // Twice, so that no piece is left out for being in one text only.
    private static readonly NGramTeacher Teacher = new([.. Texts, .. Texts], Heads, seed: 1, default);

    [Fact]
    public void It_finds_the_label_of_words_that_carry_it()
    {
        var taught = Teacher.Label(0, Text("어제 전산 장애로 송금 중단", label: null)).Targets[LabelSet.Reputation]!;

        Assert.InRange(taught[0], 0.8f, 1);
        Assert.InRange(taught[1], 0, 0.2f);
    }

    [Fact]
    public void Its_targets_are_probabilities_and_those_of_the_tone_sum_to_one()
    {
        var targets = Teacher.Label(0, Text("직원이 예금 횡령", label: null)).Targets;

        Assert.All(targets, head => Assert.All(head!, p => Assert.InRange(p, 0, 1)));
        Assert.Equal(1, targets[LabelSet.Sentiment]!.Sum(), 1e-5f);
        Assert.InRange(targets[LabelSet.Sentiment]![0], 0.8f, 1);
    }

    [Fact]
    public void What_it_says_of_a_piece_does_not_come_from_knowing_the_text_by_heart()
    {
        // Nothing in these texts speaks for their label: only classifiers that have seen them can tell.
        var (own, others) = (new List<float>(), new List<float>());
        foreach (var text in Texts.Skip(FirstSilent).Where(text => text.Targets[LabelSet.Reputation]![0] == 1))
        {
            var said = Enumerable.Range(0, NGramTeacher.Folds)
                .Select(fold => Teacher.Label(fold, text).Targets[LabelSet.Reputation]![0]).ToArray();
            own.Add(said[Teacher.FoldOf(text)]);
            others.AddRange(said.Where((_, fold) => fold != Teacher.FoldOf(text)));
        }

        Assert.InRange(own.Average(), 0, others.Average() - 0.2f);
    }

    [Fact]
    public void Copies_of_a_text_share_a_fold() => Assert.All(
        Texts, text => Assert.Equal(Teacher.FoldOf(text), Teacher.FoldOf(text with { Entity = "다른 은행" })));

    [Fact]
    public void Fitting_can_be_given_up()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => new NGramTeacher(Texts, Heads, 1, stop.Token));
    }

    [Fact]
    public void A_taught_text_is_made_of_runs_of_one_folds_texts_and_labelled_by_that_fold()
    {
        var foreign = Text("축구 대표팀 승리", label: null);
        var taught = new TaughtTexts(Teacher, Texts, [foreign], (text, _) => text);
        var random = new Random(3);

        for (var i = 0; i < 200; i++)
        {
            var made = taught.Next(random);
            var words = $"{made.Title} {made.Text}".Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var folds = words.Where(word => word.StartsWith('#')).Select(word => Teacher.FoldOf(Texts[int.Parse(word[1..], CultureInfo.InvariantCulture)])).Distinct().ToArray();

            Assert.NotEmpty(words);
            Assert.True(folds.Length <= 1, $"pieces of folds {string.Join(", ", folds)}: {made.Text}");
            if (folds is [var fold])
            {
                Assert.Equal(Teacher.Label(fold, made).Targets[LabelSet.Reputation]!, made.Targets[LabelSet.Reputation]!);
            }
        }
    }

    [Fact]
    public void A_single_text_is_enough_to_make_others_of_it()
    {
        var taught = new TaughtTexts(Teacher, Texts.Take(1), Texts, (text, _) => text);
        var random = new Random(1);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(Heads.Length, taught.Next(random).Targets.Length);
        }
    }

    [Fact]
    public void The_same_numbers_make_the_same_texts()
    {
        var taught = new TaughtTexts(Teacher, Texts, Texts, (text, _) => text);

        Assert.Equal(Many(5), Many(5));
        Assert.NotEqual(Many(5), Many(6));

        string[] Many(int seed)
        {
            var random = new Random(seed);
            return [.. Enumerable.Range(0, 20).Select(_ => taught.Next(random).Text)];
        }
    }

    private static string Filler(int i) => $"#{i} 갑{(char)('가' + (i * 28))}을{(char)('나' + (i * 28))}병";

    private static LabelledText Text(string text, int? label)
    {
        var reputation = new float[Heads[LabelSet.Reputation].Labels.Length];
        if (label is { } known)
        {
            reputation[known] = 1;
        }

        return new LabelledText("", text, "", [label is null ? Neutral : Negative, reputation, new float[Heads[LabelSet.Compliance].Labels.Length]]);
    }
}
