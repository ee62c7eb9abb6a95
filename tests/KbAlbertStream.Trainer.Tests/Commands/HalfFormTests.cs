using KbAlbertStream.Core.Text;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Trainer.Commands;
using KbAlbertStream.Trainer.Promotion;
using KbAlbertStream.Trainer.Tests.Support;

namespace KbAlbertStream.Trainer.Tests.Commands;

public sealed class HalfFormTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Without_CUDA_nothing_is_written()
    {
        using var verification = Verification();

        Assert.Equal(1, HalfForm.Write(verification, (_folder.In("demo"), "half"), withoutCuda: false));

        Assert.False(Directory.Exists(_folder.In("demo")));
    }

    [Fact]
    public void Left_out_on_purpose_the_card_says_so_and_the_CPU_computes_the_version_nearly_as_torch_does()
    {
        using var verification = Verification();

        Assert.Equal(0, HalfForm.Write(verification, (_folder.In("demo"), "half"), withoutCuda: true));

        var written = Path.Combine(_folder.In("demo"), "half");
        Assert.Contains(
            "not verified on CUDA", File.ReadAllText(Path.Combine(written, "MODEL_CARD.md")), StringComparison.Ordinal);
        using var scorer = TextScorer.Load(written, new EncoderOptions { Provider = ExecutionProvider.Auto });
        Assert.Equal("demo/half", scorer.Manifest.Id);
        Assert.Equal(ExecutionProvider.Cpu, scorer.Provider);
        using var again = Verification();
        Assert.InRange(again.CompareHalf(ExecutionProvider.Cpu).Last().LargestDifference, 1e-6, HalfForm.Tolerance);
    }

    public void Dispose() => _folder.Dispose();

    private static BundleVerification Verification() => new(
        ModelBundle.Open(Repository.PathOf("models", "demo")), GoldenExamples.Prepare(new TextPreparer()), threads: 2);
}
