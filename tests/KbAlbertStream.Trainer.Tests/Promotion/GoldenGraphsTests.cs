using System.Text.Json;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Tests.Support;

namespace KbAlbertStream.Trainer.Tests.Promotion;

/// <summary>Every form of the graph in ONNX Runtime against what Transformers computed, token types included.</summary>
public sealed class GoldenGraphsTests
{
    private static readonly string[] TinyModels =
        ["tiny-gelu", "tiny-gelu-new", "tiny-relu", "tiny-groups", "tiny-inner", "tiny-unshared"];

    private static readonly string[] FullPrecision =
        ["zip", "legacy", "protocol4", "plain-dict", "parameters", "views", "fp64", "safetensors-sharded"];

    private static readonly string[] HalfPrecision = ["fp16", "bf16"];

    public static TheoryData<string, GraphForm> Tiny =>
        [.. TinyModels.SelectMany(name => Enum.GetValues<GraphForm>().Select(form => (name, form)))];

    public static TheoryData<string, GraphForm> Large =>
    [
        .. ((string[])["kb-albert-char-v2-shape", "kb-albert-char-v1-shape"])
            .SelectMany(name => Enum.GetValues<GraphForm>().Select(form => (name, form))),
    ];

    public static TheoryData<string, string, GraphForm> Files =>
    [
        .. FullPrecision.Select(name => (name, Expected: "fp32"))
            .Concat(HalfPrecision.Select(name => (name, Expected: name)))
            .Concat(HalfPrecision.Select(name => ($"safetensors-{name}", Expected: name)))
            .SelectMany(file => Enum.GetValues<GraphForm>().Select(form => (file.Item1, file.Expected, form))),
    ];

    [Theory]
    [MemberData(nameof(Tiny))]
    public void A_tiny_model_gives_the_logits_of_Transformers(string name, GraphForm form)
    {
        var golden = GoldenFiles.Json(name, "golden.json");

        AssertLogits(
            GoldenFiles.PathOf(name), golden.GetProperty("inputs"), golden.GetProperty("expected").GetProperty("logits"), form);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_form_of_a_file_gives_the_logits_of_Transformers(string name, string expected, GraphForm form)
    {
        var golden = GoldenFiles.Json("formats", "golden.json");

        AssertLogits(
            GoldenFiles.PathOf("formats", name), golden.GetProperty("inputs"), golden.GetProperty(expected).GetProperty("logits"), form);
    }

    [Theory]
    [MemberData(nameof(Large))]
    public void A_model_of_KB_ALBERTs_size_gives_the_logits_of_Transformers(string name, GraphForm form)
    {
        var golden = GoldenFiles.Json("base-shape.json").GetProperty(name);
        using var model = FormulaFolder.Model(golden.GetProperty("config").GetRawText(), scale: 0.0625);
        using var graph = new GraphRun(model, form);
        foreach (var one in golden.GetProperty("cases").EnumerateArray())
        {
            var ids = one.GetProperty("input_ids").Deserialize<int[]>()!;
            var types = one.GetProperty("token_type_ids").Deserialize<int[]>()!;

            var logits = graph.Logits([ids], [[.. ids.Select(_ => 1)]], [types]);

            Assert.All(
                one.GetProperty("logits").Deserialize<double[]>()!.Zip(logits[0]),
                pair => Assert.Equal(pair.First, pair.Second, GoldenFiles.Tolerance));
        }
    }

    private static void AssertLogits(string folder, JsonElement inputs, JsonElement expected, GraphForm form)
    {
        using var model = AlbertForSequenceClassification.FromPretrained(folder);
        using var graph = new GraphRun(model, form);

        var logits = graph.Logits(Rows("input_ids"), Rows("attention_mask"), Rows("token_type_ids"));

        GoldenTraining.AssertClose(expected, logits, GoldenFiles.Tolerance);

        int[][] Rows(string name) => inputs.GetProperty(name).Deserialize<int[][]>()!;
    }
}
