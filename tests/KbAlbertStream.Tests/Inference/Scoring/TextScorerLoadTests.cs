using System.Text.Json.Nodes;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Tests.Support;
using Microsoft.Extensions.Logging.Testing;

namespace KbAlbertStream.Tests.Inference.Scoring;

public sealed class TextScorerLoadTests : IDisposable
{
    private static readonly EncoderOptions Cpu = new() { Provider = ExecutionProvider.Cpu };

    private readonly List<string> _folders = [];

    [Fact]
    public void Promise_9_a_model_that_does_not_reproduce_its_golden_scores_here_is_refused()
    {
        var folder = Write(FormulaBundle.Draft());
        Rewrite(folder, "golden.json", golden =>
        {
            var logits = golden["texts"]![1]!["logits"]!["reputation"]!.AsArray();
            logits[2] = (float)logits[2]! + 2e-4f;
        });

        var error = Assert.Throws<BundleException>(() => TextScorer.Load(folder, Cpu));

        Assert.StartsWith("golden text 1: reputation.data_breach is", Assert.Single(error.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Promise_5_a_model_whose_golden_texts_become_other_ids_here_than_in_the_trainer_is_refused()
    {
        var folder = Write(FormulaBundle.Draft());
        Rewrite(folder, "golden.json", golden => golden["texts"]![0]!["ids"]![1] = 7);

        var error = Assert.Throws<BundleException>(() => TextScorer.Load(folder, Cpu));

        Assert.Equal(["golden text 0: its ids are others"], error.Errors);
    }

    [Fact]
    public void A_damaged_graph_is_refused_before_the_runtime_sees_it()
    {
        var folder = Write(FormulaBundle.Draft());
        var graph = Path.Combine(BundleLocator.Resolve(folder), "model.onnx");
        var bytes = File.ReadAllBytes(graph);
        bytes[^1] ^= 1;
        File.WriteAllBytes(graph, bytes);

        var error = Assert.Throws<BundleException>(() => TextScorer.Load(folder, Cpu));

        Assert.StartsWith("model.onnx has SHA-256", Assert.Single(error.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_sentiment_is_refused()
    {
        var draft = FormulaBundle.Draft() with { Heads = [FormulaBundle.Heads[2], FormulaBundle.Heads[1]] };

        var error = Assert.Throws<BundleException>(() => Write(draft));

        Assert.Equal(["there is no head sentiment"], error.Errors);
    }

    [Fact]
    public void A_head_of_the_wrong_form_is_refused()
    {
        BundleHead[] heads =
        [
            FormulaBundle.Heads[0],
            FormulaBundle.Heads[0] with { Name = "reputation", Labels = ["labor", "data_breach", "sanction"] },
        ];
        var weights = new FormulaWeights(FormulaBundle.Shape, [.. heads.Select(head => head.InGraph)], 0.25);
        var draft = FormulaBundle.Draft() with { Heads = [.. heads], Weights = weights.Read };

        var error = Assert.Throws<BundleException>(() => Write(draft));

        Assert.Equal(["head reputation is no multi-label head"], error.Errors);
    }

    [Fact]
    public void With_sentiment_alone_no_text_has_other_labels_and_a_negative_one_counts()
    {
        var draft = FormulaBundle.Draft() with { Heads = [FormulaBundle.Heads[0]] };
        using var scorer = TextScorer.Load(Write(draft), Cpu);

        var scores = scorer.Score([FormulaBundle.Text("", "이체가 안 됩니다")])[0];

        Assert.Empty(scores.Reputation.Chosen);
        Assert.Empty(scores.Compliance.Chosen);
        Assert.Empty(scores.Evidence);
        Assert.InRange(scores.NegativeReputation, 1e-6f, 1);
        Assert.Equal(scores.Sentiment["negative"], scores.NegativeReputation);
    }

    [Fact]
    public void A_model_that_computes_no_number_stops_the_process()
    {
        var weights = FormulaBundle.Draft().Weights;
        var draft = FormulaBundle.Draft() with
        {
            Weights = name => name == "heads.compliance.bias" ? NotNumbers(17) : weights(name),
        };

        var error = Assert.Throws<InvalidOperationException>(() => Write(draft));

        Assert.Equal("Head compliance gave NaN for text 0 of the batch.", error.Message);
    }

    [Fact]
    public void Cuda_that_cannot_be_had_is_an_error_that_says_why()
    {
        var folder = Write(FormulaBundle.Draft());

        var error = Assert.Throws<ProviderUnavailableException>(
            () => TextScorer.Load(folder, new EncoderOptions { Provider = ExecutionProvider.Cuda }));

        Assert.StartsWith("CUDA cannot be had: ", error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Length > 40, error.Message);
    }

    [Fact]
    public void Auto_falls_back_to_the_CPU_and_says_so_once()
    {
        var logger = new FakeLogger();
        using var scorer = TextScorer.Load(Write(FormulaBundle.Draft()), new EncoderOptions(), logger);
        scorer.Score([FormulaBundle.Text("", "가")]);
        scorer.Score([FormulaBundle.Text("", "나")]);

        Assert.Equal(ExecutionProvider.Cpu, scorer.Provider);
        var line = Assert.Single(logger.Collector.GetSnapshot());
        Assert.StartsWith("Scoring on the CPU. CUDA cannot be had", line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Temperature_and_thresholds_come_from_the_manifest()
    {
        var heads = FormulaBundle.Heads.Replace(
            FormulaBundle.Heads[1],
            FormulaBundle.Heads[1] with { Temperature = 4, Thresholds = [.. Enumerable.Repeat(0.999f, 19)] });
        using var plain = TextScorer.Load(Write(FormulaBundle.Draft()), Cpu);
        using var changed = TextScorer.Load(Write(FormulaBundle.Draft() with { Heads = heads }), Cpu);
        var text = FormulaBundle.Text("", "직원이 고객 돈을 빼돌렸다");

        var logit = plain.Logits([text])[0][1][0];
        var scores = changed.Score([text])[0].Reputation;

        Assert.Equal(1 / (1 + Math.Exp(-logit / 4)), scores.Probabilities[0], 1e-5);
        Assert.NotEmpty(plain.Score([text])[0].Reputation.Chosen);
        Assert.Empty(scores.Chosen);
    }

    [Fact]
    public void Half_precision_storage_halves_the_file_and_hardly_moves_a_logit()
    {
        var full = Write(FormulaBundle.Draft() with { Precision = GraphPrecision.Full });
        var half = Write(FormulaBundle.Draft());
        using var expected = TextScorer.Load(full, Cpu);
        using var actual = TextScorer.Load(half, Cpu);
        var text = FormulaBundle.Text("", "보험금을 주지 않습니다");

        var ratio = Size(half) / (double)Size(full);
        Assert.InRange(ratio, 0.45, 0.6);
        Assert.Equal(expected.Logits([text])[0][1][0], actual.Logits([text])[0][1][0], 2e-2f);
        Assert.NotEqual(expected.Logits([text])[0][1][0], actual.Logits([text])[0][1][0]);
    }

    public void Dispose() => _folders.ForEach(folder => Directory.Delete(folder, recursive: true));

    private static long Size(string folder) => new FileInfo(Path.Combine(folder, "formula", "model.onnx")).Length;

    private static ReadOnlySpan<float> NotNumbers(int count) => Enumerable.Repeat(float.NaN, count).ToArray();

    /// <summary>Changes a file of the bundle and its hash in the manifest, as a faulty writer would.</summary>
    private static void Rewrite(string modelFolder, string file, Action<JsonNode> change)
    {
        var folder = BundleLocator.Resolve(modelFolder);
        var path = Path.Combine(folder, file);
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        change(json);
        File.WriteAllText(path, json.ToJsonString());
        var manifestPath = Path.Combine(folder, "manifest.json");
        var manifest = JsonNode.Parse(File.ReadAllText(manifestPath))!;
        manifest["files"]![file] = BundleNames.Sha256(File.ReadAllBytes(path));
        File.WriteAllText(manifestPath, manifest.ToJsonString());
    }

    private string Write(BundleDraft draft)
    {
        var folder = FormulaBundle.WriteToTemporaryFolder(draft);
        _folders.Add(folder);
        return folder;
    }
}
