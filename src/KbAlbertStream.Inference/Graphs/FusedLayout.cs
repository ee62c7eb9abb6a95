using static KbAlbertStream.Inference.Graphs.GraphAttributes;

namespace KbAlbertStream.Inference.Graphs;

/// <summary>The steps of a token for itself in ONNX Runtime's fused operators, which take rows of any layout.</summary>
internal abstract class FusedLayout(GraphBuilder graph, EncoderShape shape) : IGraphLayout
{
    protected GraphBuilder Graph { get; } = graph;

    protected EncoderShape Shape { get; } = shape;

    public abstract void AddInputs(bool types);

    public abstract string Embed(string words, string positions, string? types, (string Weight, string Bias) norm);

    public abstract string Attend(string x, LinearLayer queryKeyValue);

    public abstract string FirstRows(string x);

    public abstract string PerText(string x);

    public abstract string IsToken();

    public string Activate(string x, LinearLayer layer)
    {
        var product = Graph.Product(x, layer);
        return Shape.Activation switch
        {
            Activation.GeluTanh => Graph.Fused("FastGelu", [product, layer.Bias]),
            Activation.Gelu => Graph.Fused("BiasGelu", [product, layer.Bias]),
            Activation.Relu => Graph.Node("Relu", [Graph.Node("Add", [product, layer.Bias])]),
            _ => throw new InvalidOperationException($"{Shape.Activation} is no activation."),
        };
    }

    public string AddAndNormalise(string x, LinearLayer layer, string skip, (string Weight, string Bias) norm) =>
        Graph.Fused(
            "SkipLayerNormalization",
            [Graph.Product(x, layer), skip, norm.Weight, norm.Bias, layer.Bias],
            Epsilon());

    protected Onnx.AttributeProto Epsilon() => Float("epsilon", Shape.LayerNormEpsilon);

    /// <summary>(B, S, H): attention over queries, keys and values (B, S, 3H), of which the bias is not added yet.</summary>
    protected string MultiHeadAttention(string queryKeyValue, string bias, string lengths)
    {
        var parts = Graph.Split(queryKeyValue, 3);
        return Graph.Fused(
            nameof(MultiHeadAttention),
            [parts[0], parts[1], parts[2], bias, lengths],
            Integer("num_heads", Shape.AttentionHeads));
    }
}
