using static KbAlbertStream.Inference.Graphs.GraphAttributes;

namespace KbAlbertStream.Inference.Graphs;

/// <summary>Writes the heads, in float32: from rows of hidden states to one output (B, labels) a head.</summary>
internal sealed class HeadNodes(GraphBuilder graph, int hidden, WeightReader weights, IGraphLayout layout)
{
    private string? _pooled;

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
        var linear = graph.Node(
            "Gemm",
            [
                layout.FirstRows(x), Linear("albert.pooler.weight", hidden),
                graph.FloatWeight(bias, () => weights.Read(bias, hidden), hidden),
            ],
            Integer("transB", 1));
        return graph.Node("Tanh", [linear]);
    }

    private void WriteLabelAttention(GraphHead head, string x)
    {
        var name = $"heads.{head.Name}";
        var both = graph.FloatWeight(
            $"{name}.query_and_weight",
            () => weights.ReadTransposed(hidden, ($"{name}.query", head.Labels), ($"{name}.weight", head.Labels)),
            hidden,
            2 * head.Labels);
        var products = layout.PerText(graph.Node("MatMul", [x, both])); // (B, S, 2K)
        var parts = graph.Split(products, 2);
        var masked = graph.Node("Where", [layout.IsToken(), parts[0], graph.Scalar("minus_much", -1e30f)]);
        var shares = graph.Node("Softmax", [masked], Integer("axis", 1));
        var contributions = graph.NodeNamed(head.Contributions, "Mul", [shares, parts[1]]); // (B, S, K)
        graph.Output(head.Contributions, "texts", "longest", $"{head.Labels}");
        var sums = graph.Node(
            "ReduceSum", [contributions, graph.Integers("token_axis", [1], 1)], Integer("keepdims", 0));
        graph.NodeNamed(head.Name, "Add", [sums, Bias(head)]);
    }

    private string Linear(string name, int rows) =>
        graph.FloatWeight(name, () => weights.Read(name, rows, hidden), rows, hidden);

    private string Bias(GraphHead head) => graph.FloatWeight(
        $"heads.{head.Name}.bias", () => weights.Read($"heads.{head.Name}.bias", head.Labels), head.Labels);
}
