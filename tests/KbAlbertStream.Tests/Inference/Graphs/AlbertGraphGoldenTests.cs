using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Inference.Graphs;

public sealed class AlbertGraphGoldenTests
{
    private const float Tolerance = 2e-5f;

    [Theory]
    [InlineData("tiny-gelu")]
    [InlineData("tiny-gelu-new")]
    [InlineData("tiny-relu")]
    [InlineData("tiny-groups")]
    [InlineData("tiny-inner")]
    [InlineData("tiny-unshared")]
    public void A_tiny_model_gives_the_logits_of_Transformers(string name)
    {
        var golden = GoldenModel.Json(name, "golden.json");
        var inputs = golden.GetProperty("inputs");
        // The graph folds token type 0 in: the service reads one text at a time.
        var types = inputs.GetProperty("token_type_ids").EnumerateArray().Select(row => row.Integers().Sum()).ToList();
        var expected = golden.GetProperty("expected").GetProperty("logits").EnumerateArray().ToList();

        var actual = GraphRun.Logits(
            GoldenModel.ShapeOf(GoldenModel.Json(name, "config.json")),
            [new GraphHead("classifier", HeadKind.Pooled, 3)],
            FileWeights(name, "model.safetensors"),
            0,
            GoldenModel.TextsOf(inputs));

        Assert.True(types.Count(sum => sum == 0) >= 3);
        for (var i = 0; i < actual.Length; i++)
        {
            if (types[i] == 0)
            {
                GraphRun.AssertClose(expected[i].Floats(), actual[i], Tolerance);
            }
        }
    }

    [Theory]
    [InlineData("kb-albert-char-v2-shape")]
    [InlineData("kb-albert-char-v1-shape")]
    public void A_model_of_KB_ALBERTs_size_gives_the_logits_of_Transformers(string name)
    {
        var golden = GoldenModel.Json("base-shape.json").GetProperty(name);
        var shape = GoldenModel.ShapeOf(golden.GetProperty("config"));
        GraphHead[] heads = [new GraphHead("classifier", HeadKind.Pooled, 2)];
        var weights = new FormulaWeights(shape, heads, 0.0625);
        using var session = GraphRun.Session(shape, heads, key => key switch
        {
            "heads.classifier.weight" => FormulaWeights.Values(StateDictName(key), 2 * shape.HiddenSize, 0.0625),
            "heads.classifier.bias" => FormulaWeights.Values(StateDictName(key), 2, 0.0625),
            _ => weights.Read(key),
        });
        var cases = golden.GetProperty("cases").EnumerateArray()
            .Where(c => c.GetProperty("token_type_ids").Integers().Sum() == 0).ToList();

        var actual = GraphRun.Logits(session, 0, [.. cases.Select(c => c.GetProperty("input_ids").Integers())]);

        Assert.True(cases.Count >= 6);
        for (var i = 0; i < cases.Count; i++)
        {
            GraphRun.AssertClose(cases[i].GetProperty("logits").Floats(), actual[i], Tolerance);
        }
    }

    [Theory]
    [InlineData("reputation", 5)]
    [InlineData("compliance", 4)]
    public void Label_attention_gives_the_logits_of_the_reference(string head, int labels)
    {
        var probe = GoldenModel.Json("training", "single-label.json").GetProperty("probe");
        var before = GoldenModel.Json("training", "label-attention.json").GetProperty("probe_before").GetProperty(head);
        var expected = before.GetProperty("logits").EnumerateArray().ToList();
        var shape = GoldenModel.ShapeOf(GoldenModel.Json("training", "start", "config.json"));
        GraphHead[] heads = [new GraphHead(head, HeadKind.LabelAttention, labels)];
        var formula = new FormulaWeights(shape, heads, 0.125);
        var file = FileWeights("training", "start", "model.safetensors");

        using var session = GraphRun.Session(
            shape, heads, name => name.StartsWith("heads.", StringComparison.Ordinal) ? formula.Read(name) : file(name));
        var actual = GraphRun.Logits(session, 0, GoldenModel.TextsOf(probe));

        for (var i = 0; i < actual.Length; i++)
        {
            GraphRun.AssertClose(expected[i].Floats(), actual[i], Tolerance);
        }

        var tokens = before.GetProperty("token_contributions_first_text").EnumerateArray().Select(row => row.Floats()).ToArray();
        for (var label = 0; label < labels; label++)
        {
            var added = new float[tokens.Length];
            Assert.True(session.TryGetContributions(0, 0, label, added));
            GraphRun.AssertClose([.. tokens.Select(row => row[label])], added, Tolerance);
        }
    }

    private static WeightSource FileWeights(params string[] path)
    {
        var file = new SafetensorsFile(SharedData.ReadBytes(["golden", "models", .. path]));
        return name => file.Read(StateDictName(name));
    }

    /// <summary>In a classification model of Transformers the one head is called <c>classifier</c>.</summary>
    private static string StateDictName(string name) =>
        name.Replace("heads.classifier.", "classifier.", StringComparison.Ordinal);
}
