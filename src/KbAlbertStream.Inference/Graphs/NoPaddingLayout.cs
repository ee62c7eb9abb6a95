using static KbAlbertStream.Inference.Graphs.GraphBuilder;

namespace KbAlbertStream.Inference.Graphs;

/// <summary><see cref="GraphForm.NoPadding"/>: rows are (T, H); only attention sees padding, by gathering rows.</summary>
internal sealed class NoPaddingLayout(GraphBuilder graph, EncoderShape shape) : IGraphLayout
{
    private string? _isToken;

    public void AddInputs(bool types)
    {
        graph.Input(GraphInputs.Ids, "1", "tokens");
        graph.Input(GraphInputs.Positions, "1", "tokens");
        graph.Input(GraphInputs.PaddedRows, "texts", "longest");
        graph.Input(GraphInputs.Lengths, "texts");
        graph.Input(GraphInputs.TokenSlots, "tokens");
        graph.Input(GraphInputs.StartRows, "texts");
        if (types)
        {
            graph.Input(GraphInputs.TokenTypes, "1", "tokens");
        }
    }

    public string Embed(string words, string positions, string? types, (string Weight, string Bias) norm)
    {
        var embedded = graph.EmbedLayerNormalization(
            [
                GraphInputs.Ids, types is null ? "" : GraphInputs.TokenTypes, words, positions, types ?? "", norm.Weight,
                norm.Bias, "", GraphInputs.Positions,
            ],
            Epsilon());
        return graph.Node("Reshape", [embedded, graph.Integers("embedding_rows", [-1, shape.EmbeddingSize], 2)]);
    }

    public string Attend(string queryKeyValue, string bias)
    {
        var parts = graph.Split(PerText(queryKeyValue), 3);
        var context = graph.Fused(
            "MultiHeadAttention",
            [parts[0], parts[1], parts[2], bias, GraphInputs.Lengths],
            Integer("num_heads", shape.AttentionHeads));
        var flat = graph.Node("Reshape", [context, graph.Integers("hidden_rows", [-1, shape.HiddenSize], 2)]);
        return graph.Node("Gather", [flat, GraphInputs.TokenSlots], Integer("axis", 0));
    }

    public string Activate(string x, string bias) => shape.Activation switch
    {
        Activation.GeluTanh => graph.Fused("FastGelu", [x, bias]),
        Activation.Gelu => graph.Fused("BiasGelu", [x, bias]),
        Activation.Relu => graph.Node("Relu", [graph.Node("Add", [x, bias])]),
        _ => throw new InvalidOperationException($"{shape.Activation} is no activation."),
    };

    public string AddAndNormalise(string x, string bias, string skip, (string Weight, string Bias) norm) =>
        graph.Fused("SkipLayerNormalization", [x, skip, norm.Weight, norm.Bias, bias], Epsilon());

    public string FirstRows(string x) => graph.Node("Gather", [x, GraphInputs.StartRows], Integer("axis", 0));

    public string PerText(string x) => graph.Node("Gather", [x, GraphInputs.PaddedRows], Integer("axis", 0));

    public string IsToken() => _isToken ??= TokenMask();

    /// <summary>s smaller than the text's length.</summary>
    private string TokenMask()
    {
        var slots = graph.Node("Shape", [GraphInputs.PaddedRows], Integer("start", 1), Integer("end", 2));
        var count = graph.Node("Squeeze", [slots]);
        var range = graph.Node("Range", [graph.Integers("zero", [0]), count, graph.Integers("one", [1])]);
        var places = graph.Node("Cast", [range], Integer("to", (long)Onnx.TensorProto.Types.DataType.Int32)); // (S)
        var lengths = graph.Node("Unsqueeze", [GraphInputs.Lengths, graph.Integers("last_axis", [-1], 1)]); // (B, 1)
        return graph.Node(
            "Unsqueeze", [graph.Node("Less", [places, lengths]), graph.Integers("last_axis", [-1], 1)]);
    }

    private Onnx.AttributeProto Epsilon() => Float("epsilon", shape.LayerNormEpsilon);
}
