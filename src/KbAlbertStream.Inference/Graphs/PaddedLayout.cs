using static KbAlbertStream.Inference.Graphs.GraphBuilder;
using DataType = KbAlbertStream.Inference.Graphs.Onnx.TensorProto.Types.DataType;

namespace KbAlbertStream.Inference.Graphs;

/// <summary>
/// <see cref="GraphForm.Padded"/>: rows are (B, S, H), every formula is written out in operators of the ONNX standard.
/// </summary>
internal sealed class PaddedLayout(GraphBuilder graph, EncoderShape shape) : IGraphLayout
{
    // What softmax turns to 0 beside any score.
    private const float Masked = -1e30f;
    private readonly int _headSize = shape.HiddenSize / shape.AttentionHeads;
    private string? _isToken, _isKey;

    public void AddInputs(bool types)
    {
        graph.Input(GraphInputs.Ids, DataType.Int64, "texts", "longest");
        graph.Input(GraphInputs.AttentionMask, DataType.Int64, "texts", "longest");
        if (types)
        {
            graph.Input(GraphInputs.TokenTypes, DataType.Int64, "texts", "longest");
        }
    }

    public string Embed(string words, string positions, string? types, (string Weight, string Bias) norm)
    {
        var length = graph.Node(
            "Squeeze", [graph.Node("Shape", [GraphInputs.Ids], Integer("start", 1), Integer("end", 2))]);
        var places = graph.Node("Range", [graph.Integers("zero", [0]), length, graph.Integers("one", [1])]);
        var sum = graph.Node(
            "Add", [graph.Node("Gather", [words, GraphInputs.Ids]), graph.Node("Gather", [positions, places])]);
        if (types is not null)
        {
            sum = graph.Node("Add", [sum, graph.Node("Gather", [types, GraphInputs.TokenTypes])]);
        }

        return Normalise(sum, norm);
    }

    public string Attend(string queryKeyValue, string bias)
    {
        var parts = graph.Split(graph.Node("Add", [queryKeyValue, bias]), 3);
        var queries = Heads(parts[0], 0, 2, 1, 3); // (B, N, S, h)
        var keys = Heads(parts[1], 0, 2, 3, 1); // (B, N, h, S)
        var values = Heads(parts[2], 0, 2, 1, 3);
        var root = graph.Scalar("root_of_head_size", MathF.Sqrt(_headSize));
        var scores = graph.Node("Div", [graph.Node("MatMul", [queries, keys]), root]);
        var masked = graph.Node("Where", [IsKey(), scores, graph.Scalar("minus_much", Masked)]);
        var context = graph.Node("MatMul", [graph.Node("Softmax", [masked], Integer("axis", -1)), values]);
        var joined = graph.Node("Transpose", [context], IntegerList("perm", 0, 2, 1, 3));
        return graph.Node("Reshape", [joined, graph.Integers("join_heads", [0, 0, shape.HiddenSize], 3)]);
    }

    public string Activate(string x, string bias)
    {
        var sum = graph.Node("Add", [x, bias]);
        return shape.Activation switch
        {
            Activation.GeluTanh => graph.Node("Gelu", [sum], Text("approximate", "tanh")),
            Activation.Gelu => graph.Node("Gelu", [sum], Text("approximate", "none")),
            Activation.Relu => graph.Node("Relu", [sum]),
            _ => throw new InvalidOperationException($"{shape.Activation} is no activation."),
        };
    }

    public string AddAndNormalise(string x, string bias, string skip, (string Weight, string Bias) norm) =>
        Normalise(graph.Node("Add", [graph.Node("Add", [x, bias]), skip]), norm);

    public string FirstRows(string x) => graph.Node("Gather", [x, graph.Integers("zero", [0])], Integer("axis", 1));

    public string PerText(string x) => x;

    public string IsToken() => _isToken ??= graph.Node("Unsqueeze", [Mask(), graph.Integers("last_axis", [-1], 1)]);

    /// <summary>bool (B, 1, 1, S).</summary>
    private string IsKey() => _isKey ??= graph.Node("Unsqueeze", [Mask(), graph.Integers("head_and_query_axes", [1, 2], 2)]);

    private string Mask() => graph.Node("Cast", [GraphInputs.AttentionMask], Integer("to", (long)DataType.Bool));

    /// <summary>(B, S, H) to any order of (B, S, N, h).</summary>
    private string Heads(string x, params long[] order)
    {
        var split = graph.Node("Reshape", [x, graph.Integers("split_heads", [0, 0, shape.AttentionHeads, _headSize], 4)]);
        return graph.Node("Transpose", [split], IntegerList("perm", order));
    }

    private string Normalise(string x, (string Weight, string Bias) norm) => graph.Node(
        "LayerNormalization", [x, norm.Weight, norm.Bias], Integer("axis", -1), Float("epsilon", shape.LayerNormEpsilon));
}
