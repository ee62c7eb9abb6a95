using KbAlbertStream.Core.Text;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Inference.Scoring;

public sealed class TextScorerTests(FormulaBundleFixture bundle) : IClassFixture<FormulaBundleFixture>
{
    private static readonly string LongText = string.Concat(
        Enumerable.Range(0, 120).Select(i => $"{i}번째 문장에서 상담원이 수수료를 설명하지 않았습니다. "));

    [Fact]
    public void Promise_4_a_texts_scores_do_not_depend_on_its_neighbours()
    {
        var random = new Random(4);
        PreparedText[] texts =
        [
            .. Enumerable.Range(0, 60).Select(i =>
                FormulaBundle.Text(i % 3 == 0 ? "제목" : "", LongText[..random.Next(1, i % 10 == 0 ? 3000 : 90)])),
        ];

        var together = bundle.Scorer.Logits(texts);

        for (var i = 0; i < texts.Length; i++)
        {
            var alone = bundle.Scorer.Logits([texts[i]])[0];
            for (var head = 0; head < FormulaBundle.Heads.Length; head++)
            {
                for (var label = 0; label < alone[head].Length; label++)
                {
                    Assert.Equal(alone[head][label], together[i][head][label], 1e-4f);
                }
            }
        }
    }

    [Fact]
    public void Scores_come_in_the_order_of_the_texts_and_every_text_has_its_own()
    {
        PreparedText[] texts = [FormulaBundle.Text("", "이체가 안 됩니다"), FormulaBundle.Text("", LongText), FormulaBundle.Text("", "고마워요")];

        var scores = bundle.Scorer.Score(texts);
        var reversed = bundle.Scorer.Score([.. texts.Reverse()]);

        Assert.Equal([1, 17, 1], scores.Select(s => s.Windows));
        Assert.Equal(3, scores.Select(s => s.Sentiment["negative"]).Distinct().Count());
        Assert.Equal(
            scores.Select(s => MathF.Round(s.Sentiment["negative"], 4)),
            reversed.Reverse().Select(s => MathF.Round(s.Sentiment["negative"], 4)));
    }

    [Fact]
    public void No_texts_give_no_scores() => Assert.Empty(bundle.Scorer.Score([]));

    [Fact]
    public void An_empty_text_is_scored_like_any_other()
    {
        var scores = bundle.Scorer.Score([FormulaBundle.Text("", "")])[0];

        Assert.Equal(1, scores.Windows);
        Assert.Equal(1, scores.Sentiment.Probabilities.Sum(), 1e-5f);
    }

    [Fact]
    public void A_long_text_takes_the_largest_logit_of_a_label_and_the_mean_of_the_sentiment()
    {
        var text = FormulaBundle.Text("", LongText);
        var whole = bundle.Scorer.Logits([text])[0];
        var tokens = new TokenBuffer();
        bundle.Scorer.Tokenizer.Encode(text.ModelInput, tokens);
        var windows = new List<TextWindow>();
        TextWindows.Split(0, tokens.Count, 256, windows);

        Assert.Equal(windows.Count, whole.Windows);
        var sum = windows.Sum(w => w.Length);
        Assert.True(sum > tokens.Count + 64 * (windows.Count - 1));
        var first = bundle.Scorer.Logits([FormulaBundle.Text("", text.ModelInput[windows[0].CharactersOf(tokens)])])[0];
        for (var label = 0; label < 19; label++)
        {
            Assert.True(whole[1][label] >= first[1][label] - 1e-4f);
        }

        Assert.Contains(Enumerable.Range(0, 19), label => whole[1][label] > first[1][label] + 1e-4f);
        Assert.NotEqual(first[0][0], whole[0][0], 1e-4f);
    }

    [Fact]
    public void Every_chosen_label_has_evidence_from_the_text()
    {
        var text = FormulaBundle.Text("", LongText);

        var scores = bundle.Scorer.Score([text])[0];

        Assert.NotEmpty(scores.Evidence);
        Assert.Equal(
            [.. scores.Reputation.Chosen, .. scores.Compliance.Chosen], scores.Evidence.Select(e => e.Label));
        Assert.All(scores.Evidence, e => Assert.Contains(e.Text, text.ModelInput, StringComparison.Ordinal));
        Assert.All(scores.Evidence, e => Assert.InRange(e.Text.Length, 1, EvidenceSpan.MaxLength));
    }

    [Fact]
    public void Evidence_is_never_of_two_sentences()
    {
        var scores = bundle.Scorer.Score([FormulaBundle.Text("가나다은행 점포", "점포를 닫는다. 고객이 운다.")])[0];

        Assert.NotEmpty(scores.Evidence);
        Assert.All(scores.Evidence, e => Assert.Single(
            (string[])["가나다은행 점포", "점포를 닫는다.", "고객이 운다."],
            sentence => sentence.Contains(e.Text, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_head_that_does_not_explain_itself_shows_the_sentence_that_scores_highest_alone()
    {
        var folder = FormulaBundle.WriteToTemporaryFolder(FormulaBundle.Pooled());
        try
        {
            using var scorer = TextScorer.Load(folder, new EncoderOptions { Provider = ExecutionProvider.Cpu });
            string[] sentences = ["상담원이 설명하지 않았습니다.", "어제 비가 왔다.", "전산 장애로 이체가 멈췄다!"];

            var scores = scorer.Score([FormulaBundle.Text("", string.Join(' ', sentences))])[0];

            Assert.True(scores.NegativeReputation >= 0.5f);
            Assert.Equal(scores.Reputation.Chosen.Length + scores.Compliance.Chosen.Length, scores.Evidence.Length);
            var alone = scorer.Score([.. sentences.Select(sentence => FormulaBundle.Text("", sentence))]);
            foreach (var evidence in scores.Evidence.Where(e => scores.Reputation.Chosen.Contains(e.Label)))
            {
                Assert.Equal(sentences[alone.Index().MaxBy(s => s.Item.Reputation[evidence.Label]).Index], evidence.Text);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Concurrent_callers_get_the_scores_of_their_own_texts()
    {
        PreparedText[] texts = [.. Enumerable.Range(1, 16).Select(i => FormulaBundle.Text("", LongText[..(20 * i)]))];
        var expected = texts.Select(text => bundle.Scorer.Score([text])[0].Sentiment["negative"]).ToArray();

        var actual = await Task.WhenAll(
            texts.Select(text => Task.Run(() => bundle.Scorer.Score([text])[0].Sentiment["negative"])));

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void What_was_done_is_counted()
    {
        var before = bundle.Scorer.Totals;
        bundle.Scorer.Score([FormulaBundle.Text("", "가나"), FormulaBundle.Text("", "가나다라")]);
        var after = bundle.Scorer.Totals;

        Assert.Equal(2, after.Texts - before.Texts);
        Assert.Equal(2, after.Windows - before.Windows);
        Assert.Equal(4 + 6, after.Tokens - before.Tokens);
        Assert.Equal(2 * 6, after.AttentionSlots - before.AttentionSlots);
        Assert.Equal(1, after.Passes - before.Passes);
    }
}
