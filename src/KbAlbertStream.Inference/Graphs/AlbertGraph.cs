using Google.Protobuf;

namespace KbAlbertStream.Inference.Graphs;

/// <summary>
/// Writes an ALBERT encoder with its heads as an ONNX file for ONNX Runtime's fused operators, in the form that computes
/// no padding: all texts of a batch stand one after the other, and only attention sees them padded.
/// </summary>
/// <remarks>
/// Inputs are those of <see cref="GraphInputs"/>; there is one float output (texts, labels) a head. Only operators that
/// both the CPU and the CUDA provider have are used. Weights are asked for by their Hugging Face names.
/// </remarks>
public static class AlbertGraph
{
    /// <summary>Writes the file.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="shape">The encoder's sizes.</param>
    /// <param name="heads">The heads; their names are the output names.</param>
    /// <param name="weights">The weights: <c>albert.*</c> as in Hugging Face, and those named in <see cref="GraphHead"/>.</param>
    /// <param name="precision">How weights are stored.</param>
    /// <exception cref="ArgumentException">Sizes that do not fit each other, or a weight that does not fit them.</exception>
    public static void Write(
        Stream file,
        EncoderShape shape,
        IReadOnlyList<GraphHead> heads,
        WeightSource weights,
        GraphPrecision precision = GraphPrecision.Full)
    {
        var errors = string.Join("; ", shape.Errors());
        if (errors.Length > 0)
        {
            throw new ArgumentException(errors, nameof(shape));
        }

        var graph = new GraphBuilder(precision);
        graph.Input(GraphInputs.Ids, "1", "tokens");
        graph.Input(GraphInputs.Positions, "1", "tokens");
        graph.Input(GraphInputs.PaddedRows, "texts", "longest");
        graph.Input(GraphInputs.Lengths, "texts");
        graph.Input(GraphInputs.TokenSlots, "tokens");
        graph.Input(GraphInputs.StartRows, "texts");

        var reader = new WeightReader(weights);
        var hiddenStates = new EncoderNodes(graph, shape, reader).Write();
        var nodes = new HeadNodes(graph, shape.HiddenSize, reader);
        foreach (var head in heads)
        {
            nodes.Write(head, hiddenStates);
        }

        graph.Build(heads.Select(Describe)).WriteTo(file);
    }

    private static KeyValuePair<string, string> Describe(GraphHead head) =>
        new($"head.{head.Name}", $"{HeadKindNames.Of(head.Kind)} {head.Labels}");
}
