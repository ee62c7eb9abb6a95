using static KbAlbertStream.Inference.Graphs.GraphAttributes;
using DataType = KbAlbertStream.Inference.Graphs.Onnx.TensorProto.Types.DataType;

namespace KbAlbertStream.Inference.Graphs;

/// <summary>
/// <see cref="GraphForm.Padded"/>: rows are (B, S, H), every formula is written out in operators of the ONNX standard.
/// </summary>
internal sealed class PaddedLayout(GraphBuilder graph, EncoderShape shape) : StandardLayout(graph, shape)
{
    private string? _mask, _isToken;

    public override void AddInputs(bool types)
    {
        Graph.Input(GraphInputs.Ids, DataType.Int64, "texts", "longest");
        Graph.Input(GraphInputs.AttentionMask, DataType.Int64, "texts", "longest");
        if (types)
        {
            Graph.Input(GraphInputs.TokenTypes, DataType.Int64, "texts", "longest");
        }
    }

    public override string Embed(string words, string positions, string? types, (string Weight, string Bias) norm)
    {
        var length = Graph.Node(
            "Squeeze", [Graph.Node("Shape", [GraphInputs.Ids], Integer("start", 1), Integer("end", 2))]);
        var places = Graph.Node("Range", [Graph.Integers("zero", [0]), length, Graph.Integers("one", [1])]);
        return SumOfEmbeddings(
            norm,
            [
                Rows(words, GraphInputs.Ids), Rows(positions, places),
                .. types is null ? (string[])[] : [Rows(types, GraphInputs.TokenTypes)],
            ]);
    }

    public override string Attend(string x, LinearLayer queryKeyValue)
    {
        var parts = Graph.Split(Graph.Linear(x, queryKeyValue), 3);
        var queries = Heads(parts[0], 0, 2, 1, 3); // (B, N, S, h)
        var keys = Heads(parts[1], 0, 2, 3, 1); // (B, N, h, S)
        var values = Heads(parts[2], 0, 2, 1, 3);
        var context = Attention(queries, keys, values, Mask());
        var joined = Graph.Node("Transpose", [context], IntegerList("perm", 0, 2, 1, 3));
        return Graph.Node("Reshape", [joined, Graph.Integers("join_heads", [0, 0, Shape.HiddenSize], 3)]);
    }

    public override string FirstRows(string x) =>
        Graph.Node("Gather", [x, Graph.Integers("zero", [0])], Integer("axis", 1));

    public override string PerText(string x) => x;

    public override string IsToken() =>
        _isToken ??= Graph.Node("Unsqueeze", [Mask(), Graph.Integers("last_axis", [-1], 1)]);

    /// <summary>bool (B, S).</summary>
    private string Mask() =>
        _mask ??= Graph.Node("Cast", [GraphInputs.AttentionMask], Integer("to", (long)DataType.Bool));

    /// <summary>(B, S, H) to any order of (B, S, N, h).</summary>
    private string Heads(string x, params long[] order)
    {
        var split = Graph.Node("Reshape", [x, Graph.Integers("split_heads", [0, 0, Shape.AttentionHeads, HeadSize], 4)]);
        return Graph.Node("Transpose", [split], IntegerList("perm", order));
    }
}
