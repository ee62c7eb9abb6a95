using static KbAlbertStream.Inference.Graphs.GraphBuilder;

namespace KbAlbertStream.Inference.Graphs;

/// <summary><see cref="GraphForm.NoPadding"/>: rows are (T, H); only attention sees padding, by gathering rows.</summary>
internal sealed class NoPaddingLayout(GraphBuilder graph, EncoderShape shape) : FusedLayout(graph, shape)
{
    private string? _isToken;

    public override void AddInputs(bool types)
    {
        Graph.Input(GraphInputs.Ids, "1", "tokens");
        Graph.Input(GraphInputs.Positions, "1", "tokens");
        Graph.Input(GraphInputs.PaddedRows, "texts", "longest");
        Graph.Input(GraphInputs.Lengths, "texts");
        Graph.Input(GraphInputs.TokenSlots, "tokens");
        Graph.Input(GraphInputs.StartRows, "texts");
        if (types)
        {
            Graph.Input(GraphInputs.TokenTypes, "1", "tokens");
        }
    }

    public override string Embed(string words, string positions, string? types, (string Weight, string Bias) norm)
    {
        var embedded = Graph.EmbedLayerNormalization(
            [
                GraphInputs.Ids, types is null ? "" : GraphInputs.TokenTypes, words, positions, types ?? "", norm.Weight,
                norm.Bias, "", GraphInputs.Positions,
            ],
            Epsilon());
        return Graph.Node("Reshape", [embedded, Graph.Integers("embedding_rows", [-1, Shape.EmbeddingSize], 2)]);
    }

    public override string Attend(string queryKeyValue, string bias)
    {
        var parts = Graph.Split(PerText(queryKeyValue), 3);
        var context = Graph.Fused(
            "MultiHeadAttention",
            [parts[0], parts[1], parts[2], bias, GraphInputs.Lengths],
            Integer("num_heads", Shape.AttentionHeads));
        var flat = Graph.Node("Reshape", [context, Graph.Integers("hidden_rows", [-1, Shape.HiddenSize], 2)]);
        return Graph.Node("Gather", [flat, GraphInputs.TokenSlots], Integer("axis", 0));
    }

    public override string FirstRows(string x) => Graph.Node("Gather", [x, GraphInputs.StartRows], Integer("axis", 0));

    public override string PerText(string x) => Graph.Node("Gather", [x, GraphInputs.PaddedRows], Integer("axis", 0));

    public override string IsToken() => _isToken ??= TokenMask();

    /// <summary>s smaller than the text's length.</summary>
    private string TokenMask()
    {
        var slots = Graph.Node("Shape", [GraphInputs.PaddedRows], Integer("start", 1), Integer("end", 2));
        var count = Graph.Node("Squeeze", [slots]);
        var range = Graph.Node("Range", [Graph.Integers("zero", [0]), count, Graph.Integers("one", [1])]);
        var places = Graph.Node("Cast", [range], Integer("to", (long)Onnx.TensorProto.Types.DataType.Int32)); // (S)
        var lengths = Graph.Node("Unsqueeze", [GraphInputs.Lengths, Graph.Integers("last_axis", [-1], 1)]); // (B, 1)
        return Graph.Node(
            "Unsqueeze", [Graph.Node("Less", [places, lengths]), Graph.Integers("last_axis", [-1], 1)]);
    }
}
