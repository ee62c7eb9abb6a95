using static KbAlbertStream.Inference.Graphs.GraphBuilder;

namespace KbAlbertStream.Inference.Graphs;

/// <summary>The steps of a token for itself in ONNX Runtime's fused operators, which take rows of any layout.</summary>
internal abstract class FusedLayout(GraphBuilder graph, EncoderShape shape) : IGraphLayout
{
    protected GraphBuilder Graph { get; } = graph;

    protected EncoderShape Shape { get; } = shape;

    public abstract void AddInputs(bool types);

    public abstract string Embed(string words, string positions, string? types, (string Weight, string Bias) norm);

    public abstract string Attend(string queryKeyValue, string bias);

    public abstract string FirstRows(string x);

    public abstract string PerText(string x);

    public abstract string IsToken();

    public string Activate(string x, string bias) => Shape.Activation switch
    {
        Activation.GeluTanh => Graph.Fused("FastGelu", [x, bias]),
        Activation.Gelu => Graph.Fused("BiasGelu", [x, bias]),
        Activation.Relu => Graph.Node("Relu", [Graph.Node("Add", [x, bias])]),
        _ => throw new InvalidOperationException($"{Shape.Activation} is no activation."),
    };

    public string AddAndNormalise(string x, string bias, string skip, (string Weight, string Bias) norm) =>
        Graph.Fused("SkipLayerNormalization", [x, skip, norm.Weight, norm.Bias, bias], Epsilon());

    protected Onnx.AttributeProto Epsilon() => Float("epsilon", Shape.LayerNormEpsilon);
}
