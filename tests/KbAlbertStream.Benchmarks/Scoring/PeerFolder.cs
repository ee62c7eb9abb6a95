using System.Text.Json;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Benchmarks.Scoring;

/// <summary>
/// One model and one set of texts for all contestants: the padded graph of standard operators in the layout that
/// transformers.js loads, in float32 and in 8 bits, and the texts as ids.
/// </summary>
internal static class PeerFolder
{
    /// <summary>One head, as a fine-tuned classifier has it: one model against one.</summary>
    public static GraphHead Head { get; } = new("logits", HeadKind.Pooled, 2);

    /// <summary>Writes the folder.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="shape">The encoder; its weights come from a formula.</param>
    /// <param name="texts">How many of each mix.</param>
    public static void Write(string folder, EncoderShape shape, int texts)
    {
        var onnx = Directory.CreateDirectory(Path.Combine(folder, "onnx")).FullName;
        File.WriteAllBytes(Path.Combine(onnx, "model.onnx"), Graph(shape, GraphPrecision.Full, GraphForm.Padded, Head));
        File.WriteAllBytes(Path.Combine(onnx, "model_quantized.onnx"), Graph(shape, GraphPrecision.EightBit, GraphForm.Padded, Head));
        File.WriteAllText(Path.Combine(folder, "config.json"), JsonSerializer.Serialize(new
        {
            model_type = "albert",
            architectures = (string[])["AlbertForSequenceClassification"],
            vocab_size = shape.VocabularySize,
            hidden_size = shape.HiddenSize,
            num_hidden_layers = shape.Layers,
            num_attention_heads = shape.AttentionHeads,
            id2label = new Dictionary<string, string> { ["0"] = "negative", ["1"] = "positive" },
            label2id = new Dictionary<string, int> { ["negative"] = 0, ["positive"] = 1 },
        }));
        File.WriteAllText(
            Path.Combine(folder, "texts.json"),
            JsonSerializer.Serialize(Mixes.ToDictionary(mix => mix.Name, mix => Texts(mix, texts))));
    }

    /// <summary>The mixes that are compared.</summary>
    public static IEnumerable<LengthMix> Mixes => LengthMix.All.Where(mix => mix.Name is "mixed" or "comments" or "complaints");

    /// <summary>The texts of a mix as ids, the same in every process.</summary>
    public static int[][] Texts(LengthMix mix, int texts)
    {
        var random = new Random(3);
        return [.. mix.Draw(texts).Select(length => Enumerable.Range(0, length).Select(_ => random.Next(5, 9000)).ToArray())];
    }

    /// <summary>The bytes of a graph with these heads.</summary>
    public static byte[] Graph(EncoderShape shape, GraphPrecision precision, GraphForm form, GraphHead head, params GraphHead[] more)
    {
        GraphHead[] heads = [head, .. more];
        using var file = new MemoryStream();
        AlbertGraph.Write(file, shape, heads, new FormulaWeights(shape, heads, 0.0625).Read, precision, form);
        return file.ToArray();
    }
}
