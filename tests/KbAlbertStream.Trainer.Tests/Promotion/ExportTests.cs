using KbAlbertStream.Core.Text;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Promotion;
using KbAlbertStream.Trainer.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Tests.Promotion;

public sealed class ExportTests : IDisposable
{
    private static readonly EncoderOptions Cpu = new() { Provider = ExecutionProvider.Cpu, Threads = 1 };
    private readonly string _folder = Directory.CreateTempSubdirectory("kbas-export-tests-").FullName;

    [Fact]
    public void The_exported_graph_computes_what_torch_computes()
    {
        using var model = Model();
        ExportWeights.Round(model.Weights);

        using var scorer = TextScorer.Load(Write(model), Cpu);

        Assert.InRange(GraphComparison.LargestDifference(scorer, batch => model.Forward(batch), Texts()), 0, BundleExporter.Tolerance);
    }

    [Fact]
    public void A_weight_that_changed_after_the_export_is_noticed()
    {
        using var model = Model();
        ExportWeights.Round(model.Weights);
        using var scorer = TextScorer.Load(Write(model), Cpu);

        model.Weights.Set("heads.reputation.bias", ones(2));

        Assert.True(GraphComparison.LargestDifference(scorer, batch => model.Forward(batch), Texts()) > 0.1);
    }

    [Fact]
    public void Rounding_moves_the_token_type_into_the_positions_and_changes_no_logit_beyond_half_precision()
    {
        using var model = Model();
        using var before = LogitsOf(model);

        ExportWeights.Round(model.Weights);

        using var after = LogitsOf(model);
        Assert.InRange((before - after).abs().max().ToDouble(), 1e-9, 0.02);
        Assert.Equal(0, model.Weights.ByName["albert.embeddings.token_type_embeddings.weight"].abs().max().ToDouble());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static RiskModel Model()
    {
        // Weights that are larger than those at the start, so that every part of the graph shows in the logits.
        var model = new RiskModel(
            new WeightSet(ScalarType.Float32, seed: 5),
            TinyTexts.Shape,
            [ModelDefaults.Sentiment, new HeadShape("reputation", ["a", "b"], true), new HeadShape("compliance", ["c"], true)]);
        foreach (var (name, weight) in model.Weights.ByName)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            model.Weights.Set(name, weight + (randn(weight.shape) * 0.2));
        }

        return model;
    }

    private static Tensor LogitsOf(RiskModel model)
    {
        using var noGrad = no_grad();
        return cat(model.Forward(TokenBatch.Of([[2, 7, 8, 9, 3], [2, 30, 3]])), 1);
    }

    private static IEnumerable<PreparedText> Texts()
    {
        var preparer = new TextPreparer();
        return Enumerable.Range(1, 12).Select(words => preparer.Prepare(
            "", string.Join(' ', Enumerable.Range(0, words).Select(i => $"t{5 + (((words * 7) + (i * 3)) % 40)}"))));
    }

    private string Write(RiskModel model) => BundleWriter.Write(
        _folder, ModelDraft.Of("tiny", "1", model, "test", TinyTexts.Vocabulary, new string('0', 64)));
}
