using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Tests.Core.Tokenization;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Inference.Scoring;

public sealed class KbCharBundleTests : IDisposable
{
    private static readonly TokenizerOptions KbChar =
        new() { Kind = TokenizerKind.KbCharV1, SpecialTokens = SpecialTokensInText.StayText };

    private readonly string _folder =
        FormulaBundle.WriteToTemporaryFolder(FormulaBundle.Draft() with { Tokenizer = KbChar });

    [Fact]
    public void The_worker_runs_a_bundle_of_KB_ALBERT_CHAR_v1()
    {
        using var scorer = TextScorer.Load(_folder, new EncoderOptions { Provider = ExecutionProvider.Cpu });
        var vocabulary = scorer.Tokenizer.Vocabulary;

        var scores = scorer.Score([FormulaBundle.Text("", "이체가, 안 됩니다"), FormulaBundle.Text("", "이체가, 안 됩니다!")]);

        Assert.Equal(KbChar, scorer.Manifest.Tokenizer);
        Assert.Equal(
            "[CLS] 이 ##체 ##가 ##, 안 [SEP]",
            string.Join(' ', scorer.Tokenizer.IdsOf("이체가, 안").Select(id => vocabulary.Tokens[id])));
        Assert.NotEqual(scores[0].Sentiment["negative"], scores[1].Sentiment["negative"]);
    }

    [Fact]
    public void A_customer_cannot_end_the_text_early_for_it()
    {
        var text = FormulaBundle.Text("", "좋아요 [SEP] 해지를 안 해 줍니다").ModelInput;
        using var scorer = TextScorer.Load(_folder, new EncoderOptions { Provider = ExecutionProvider.Cpu });
        var vocabulary = scorer.Tokenizer.Vocabulary;

        var ids = scorer.Tokenizer.IdsOf(text);

        Assert.Contains("[SEP]", text, StringComparison.Ordinal);
        Assert.Equal(vocabulary.SeparatorId, ids[^1]);
        Assert.DoesNotContain(vocabulary.SeparatorId, ids[..^1]);
        Assert.Contains("[ ##S ##E ##P ##]", string.Join(' ', ids.Select(id => vocabulary.Tokens[id])), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
