using System.Runtime.InteropServices;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Trainer.Modelling;

namespace KbAlbertStream.Trainer.Promotion;

/// <summary>Writes a classifier that was read from a Hugging Face folder as an ONNX graph.</summary>
internal static class PretrainedGraph
{
    /// <summary>Writes the graph; its one output is called as <paramref name="head"/> says.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="model">The classifier.</param>
    /// <param name="head">The output's name, <c>logits</c> for other runtimes.</param>
    /// <param name="form">How a batch is laid out.</param>
    /// <param name="types">Whether the graph gets an input for token types; without, every token is of type 0.</param>
    /// <param name="precision">How weights are stored.</param>
    public static void Write(
        Stream file,
        AlbertForSequenceClassification model,
        string head,
        GraphForm form,
        bool types,
        GraphPrecision precision = GraphPrecision.Full) => AlbertGraph.Write(
            file,
            ModelDraft.ShapeOf(model.Config.Shape, types),
            [new GraphHead(head, HeadKind.Pooled, model.Config.Labels.Length)],
            WeightsOf(model, head),
            precision,
            form);

    /// <summary>The weights by the graph's names: Transformers calls its one head <c>classifier</c>.</summary>
    private static WeightSource WeightsOf(AlbertForSequenceClassification model, string head) => name =>
    {
        var prefix = $"heads.{head}.";
        var stored = name.StartsWith(prefix, StringComparison.Ordinal) ? "classifier." + name[prefix.Length..] : name;
        return MemoryMarshal.Cast<byte, float>(model.Weights.ByName[stored].bytes);
    };
}
