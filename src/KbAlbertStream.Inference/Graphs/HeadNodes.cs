using static KbAlbertStream.Inference.Graphs.GraphBuilder;

namespace KbAlbertStream.Inference.Graphs;

/// <summary>Writes the heads: from hidden states (T, H) to one output (B, labels) a head.</summary>
internal sealed class HeadNodes(GraphBuilder graph, int hidden, WeightReader weights)
{
    private string? _pooled;
    private string? _isToken;

    /// <summary>Adds a head that reads the hidden states <paramref name="x"/>.</summary>
    public void Write(GraphHead head, string x)
    {
        if (head.Kind == HeadKind.Pooled)
        {
            WritePooled(head, x);
        }
        else
        {
            WriteLabelAttention(head, x);
        }

        graph.Output(head.Name, "texts", $"{head.Labels}");
    }

    private void WritePooled(GraphHead head, string x) => graph.NodeNamed(
        head.Name,
        "Gemm",
        [_pooled ??= Pool(x), Linear($"heads.{head.Name}.weight", head.Labels), Bias(head)],
        Integer("transB", 1));

    private string Pool(string x)
    {
        const string bias = "albert.pooler.bias";
        var first = graph.Node("Gather", [x, GraphInputs.StartRows], Integer("axis", 0));
        var linear = graph.Node(
            "Gemm",
            [first, Linear("albert.pooler.weight", hidden), graph.Weight(bias, () => weights.Read(bias, hidden), hidden)],
            Integer("transB", 1));
        return graph.Node("Tanh", [linear]);
    }

    private void WriteLabelAttention(GraphHead head, string x)
    {
        var name = $"heads.{head.Name}";
        var both = graph.Weight(
            $"{name}.query_and_weight",
            () => weights.ReadTransposed(hidden, ($"{name}.query", head.Labels), ($"{name}.weight", head.Labels)),
            hidden,
            2 * head.Labels);
        var products = graph.Node("MatMul", [x, both]); // (T, 2K)
        var padded = graph.Node("Gather", [products, GraphInputs.PaddedRows], Integer("axis", 0)); // (B, S, 2K)
        var parts = graph.Split(padded, 2);
        var masked = graph.Node("Where", [_isToken ??= TokenMask(), parts[0], graph.Scalar("minus_much", -1e30f)]);
        var shares = graph.Node("Softmax", [masked], Integer("axis", 1));
        var contributions = graph.NodeNamed(head.Contributions, "Mul", [shares, parts[1]]); // (B, S, K)
        graph.Output(head.Contributions, "texts", "longest", $"{head.Labels}");
        var sums = graph.Node(
            "ReduceSum", [contributions, graph.Integers("token_axis", [1], 1)], Integer("keepdims", 0));
        graph.NodeNamed(head.Name, "Add", [sums, Bias(head)]);
    }

    /// <summary>(B, S, 1): whether a slot holds a token, s smaller than the text's length.</summary>
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

    private string Linear(string name, int rows) =>
        graph.Weight(name, () => weights.Read(name, rows, hidden), rows, hidden);

    private string Bias(GraphHead head) => graph.Weight(
        $"heads.{head.Name}.bias", () => weights.Read($"heads.{head.Name}.bias", head.Labels), head.Labels);
}
