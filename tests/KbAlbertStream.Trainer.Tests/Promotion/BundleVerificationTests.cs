using KbAlbertStream.Core.Text;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Trainer.Commands;
using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Promotion;
using KbAlbertStream.Trainer.Tests.Support;

namespace KbAlbertStream.Trainer.Tests.Promotion;

public sealed class BundleVerificationTests : IDisposable
{
    private static readonly string Demo = Repository.PathOf("models", "demo");
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Torch_and_every_graph_of_the_shipped_bundle_agree()
    {
        using var verification = new BundleVerification(ModelBundle.Open(Demo), Texts(), threads: 2);

        var ways = verification.Compare().ToArray();

        Assert.InRange(verification.Texts, 19, 21);
        Assert.Equal(5, ways.Length);
        Assert.All(ways[1..4], way => Assert.InRange(way.LargestDifference, 1e-9, VerifyCommand.Tolerance));
        Assert.All(ways[..4], way => Assert.Equal(1, way.SameLabels));
        Assert.InRange(ways[4].LargestDifference, 1e-3, 1);
        Assert.All(ways, way => Assert.True(way.TokensPerSecond > 0));
    }

    [Fact]
    public void A_bundle_of_a_pooled_head_agrees_too()
    {
        FormulaFolder.WriteWithTokenizer(_folder.In("hf"));
        var bundle = new ImportedModel(_folder.In("hf")).Write(_folder.In("kb"), "1", _ => { });
        using var verification = new BundleVerification(
            ModelBundle.Open(bundle), [new TextPreparer().Prepare("", "가 각 갂"), new TextPreparer().Prepare("", "나")], threads: 1);

        Assert.All(verification.Compare().Take(4), way => Assert.InRange(way.LargestDifference, 0, VerifyCommand.Tolerance));
    }

    [Fact]
    public void A_text_of_the_shipped_bundle_has_the_logits_it_has_alone()
    {
        using var scorer = TextScorer.Load(Demo, new EncoderOptions { Provider = ExecutionProvider.Cpu });
        var texts = Texts();

        var together = scorer.Logits(texts);

        for (var text = 0; text < texts.Count; text++)
        {
            var alone = scorer.Logits([texts[text]])[0];
            for (var head = 0; head < scorer.Manifest.Heads.Length; head++)
            {
                for (var label = 0; label < alone[head].Length; label++)
                {
                    Assert.Equal(alone[head][label], together[text][head][label], (float)VerifyCommand.Tolerance);
                }
            }
        }
    }

    [Fact]
    public void The_8_bit_form_is_a_bundle_of_its_own_and_cannot_be_made_of_itself()
    {
        using var verification = new BundleVerification(ModelBundle.Open(Demo), [], threads: 1);

        var written = verification.WriteAs(_folder.In("demo"), "8bit", GraphPrecision.EightBit);

        using (var scorer = TextScorer.Load(written, new EncoderOptions { Provider = ExecutionProvider.Cpu }))
        {
            Assert.Equal("demo/8bit", scorer.Manifest.Id);
        }

        Assert.Throws<InvalidDataException>(() => ModelBundle.Open(written).ReadWeights());
    }

    [Fact]
    public void Most_real_texts_keep_all_their_labels_in_8_bits()
    {
        var data = SharedData.Require("data");
        using var verification = new BundleVerification(ModelBundle.Open(Demo), RealTexts.Take(data, 300), threads: 2);

        Assert.InRange(verification.Compare().Last().SameLabels, 0.98, 1);
    }

    public void Dispose() => _folder.Dispose();

    private static IReadOnlyList<PreparedText> Texts() => GoldenExamples.Prepare(new TextPreparer());
}
