using Google.Protobuf;

namespace KbAlbertStream.Inference.Graphs;

/// <summary>
/// Writes an ALBERT encoder with its heads as an ONNX file, in a form that computes no padding or in one that any runtime
/// takes: layouts (<see cref="IGraphLayout"/>) of one description of the network.
/// </summary>
/// <remarks>
/// Inputs are those of the <see cref="GraphForm"/>; there is one float output (texts, labels) a head. Only operators that
/// both the CPU and the CUDA provider have are used. Weights are asked for by their Hugging Face names.
/// </remarks>
public static class AlbertGraph
{
    /// <summary>The key of the metadata that say a graph's <see cref="GraphPrecision"/>.</summary>
    internal const string PrecisionKey = "precision";

    /// <summary>Writes the file.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="shape">The encoder's sizes.</param>
    /// <param name="heads">The heads; their names are the output names.</param>
    /// <param name="weights">The weights: <c>albert.*</c> as in Hugging Face, and those named in <see cref="GraphHead"/>.</param>
    /// <param name="precision">How weights are stored, and what is computed in.</param>
    /// <param name="form">How a batch is laid out.</param>
    /// <exception cref="ArgumentException">Sizes that do not fit each other, or a weight that does not fit them.</exception>
    public static void Write(
        Stream file,
        EncoderShape shape,
        IReadOnlyList<GraphHead> heads,
        WeightSource weights,
        GraphPrecision precision = GraphPrecision.Full,
        GraphForm form = GraphForm.NoPadding)
    {
        var errors = string.Join("; ", shape.Errors());
        if (errors.Length > 0)
        {
            throw new ArgumentException(errors, nameof(shape));
        }

        var graph = new GraphBuilder(precision);
        var (name, layout) = form switch
        {
            GraphForm.NoPadding => ("no-padding", (IGraphLayout)new NoPaddingLayout(graph, shape)),
            GraphForm.NoPaddingFused => ("no-padding-fused", new NoPaddingFusedLayout(graph, shape)),
            GraphForm.Padded => ("padded", new PaddedLayout(graph, shape)),
            _ => ("padded-fused", new PaddedFusedLayout(graph, shape)),
        };
        layout.AddInputs(types: shape.TokenTypes > 0);

        var reader = new WeightReader(weights);
        var hiddenStates = graph.FloatsOfEncoder(new EncoderNodes(graph, shape, reader, layout).Write());
        var nodes = new HeadNodes(graph, shape.HiddenSize, reader, layout);
        foreach (var head in heads)
        {
            nodes.Write(head, hiddenStates);
        }

        graph.Build([new("form", name), new(PrecisionKey, precision.ToString()), .. heads.Select(Describe)]).WriteTo(file);
    }

    private static KeyValuePair<string, string> Describe(GraphHead head) =>
        new($"head.{head.Name}", $"{HeadKindNames.Of(head.Kind)} {head.Labels}");
}
