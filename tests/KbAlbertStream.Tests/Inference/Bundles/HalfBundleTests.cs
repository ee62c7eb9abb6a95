using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Inference.Bundles;

public sealed class HalfBundleTests
{
    private static readonly EncoderOptions Cpu = new() { Provider = ExecutionProvider.Cpu };

    [Theory]
    [InlineData(GraphForm.NoPadding)]
    [InlineData(GraphForm.NoPaddingFused)]
    public void The_shipped_model_in_float16_loads_without_CUDA_and_gives_the_logits_of_float32(GraphForm form)
    {
        var bundle = ModelBundle.Open(Repository.PathOf("models", "demo"));
        var texts = ((string[])["한빛은행 전산 장애로 이체가 두 시간 멈췄다.", "상담원이 친절했습니다.", "약관을 설명하지 않고 가입시켰습니다."])
            .Select(text => FormulaBundle.Text("", text)).ToArray();
        var folder = FormulaBundle.WriteToTemporaryFolder(
            BundleDraft.Again(bundle, "float16", texts) with { Precision = GraphPrecision.Half, Form = form });
        try
        {
            using var full = TextScorer.Load(bundle.Folder, Cpu);
            using var half = TextScorer.Load(folder, Cpu);

            var (expected, actual) = (full.Logits(texts), half.Logits(texts));

            for (var text = 0; text < texts.Length; text++)
            {
                for (var head = 0; head < bundle.Manifest.Heads.Length; head++)
                {
                    Assert.All(
                        expected[text][head].ToArray().Zip(actual[text][head].ToArray()),
                        pair => Assert.InRange(pair.Second, pair.First - 5e-3f, pair.First + 5e-3f));
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
