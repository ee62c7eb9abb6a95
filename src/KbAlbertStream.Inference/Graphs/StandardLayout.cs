using static KbAlbertStream.Inference.Graphs.GraphAttributes;

namespace KbAlbertStream.Inference.Graphs;

/// <summary>
/// The steps of a token for itself in operators of the ONNX standard, which take rows of any layout. On the CPU they are
/// also the fast ones: ONNX Runtime's LayerNormalization and Gelu use all of a vector register, its
/// SkipLayerNormalization and EmbedLayerNormalization add number by number.
/// </summary>
internal abstract class StandardLayout(GraphBuilder graph, EncoderShape shape) : IGraphLayout
{
    // What softmax turns to 0 beside any score.
    private const float Masked = -1e30f;
    private string? _mask;

    protected GraphBuilder Graph { get; } = graph;

    protected EncoderShape Shape { get; } = shape;

    /// <summary>Columns of one head of attention.</summary>
    protected int HeadSize { get; } = shape.HiddenSize / shape.AttentionHeads;

    public abstract void AddInputs(bool types);

    public abstract string Embed(string words, string positions, string? types, (string Weight, string Bias) norm);

    public abstract string Attend(string x, LinearLayer queryKeyValue);

    public abstract string FirstRows(string x);

    public abstract string PerText(string x);

    public abstract string IsToken();

    public string Activate(string x, LinearLayer layer)
    {
        var sum = Graph.Linear(x, layer);
        return Shape.Activation switch
        {
            Activation.GeluTanh => Graph.Node("Gelu", [sum], Text("approximate", "tanh")),
            Activation.Gelu => Graph.Node("Gelu", [sum], Text("approximate", "none")),
            Activation.Relu => Graph.Node("Relu", [sum]),
            _ => throw new InvalidOperationException($"{Shape.Activation} is no activation."),
        };
    }

    public string AddAndNormalise(string x, LinearLayer layer, string skip, (string Weight, string Bias) norm) =>
        Normalise(Graph.Node("Add", [Graph.Linear(x, layer), skip]), norm);

    /// <summary>Attention's context (B, N, S, h).</summary>
    /// <param name="queries">(B, N, S, h).</param>
    /// <param name="keys">(B, N, h, S).</param>
    /// <param name="values">(B, N, S, h).</param>
    /// <param name="isToken">bool (B, S): where a token stands.</param>
    protected string Attention(string queries, string keys, string values, string isToken)
    {
        // Added, as Transformers does it: choosing by Where takes ONNX Runtime twice as long.
        _mask ??= Graph.Node(
            "Where",
            [
                Graph.Node("Unsqueeze", [isToken, Graph.Integers("head_and_query_axes", [1, 2], 2)]),
                Graph.EncoderScalar("nothing", 0), Graph.EncoderScalar("very_little", Masked),
            ]);
        var root = Graph.EncoderScalar("root_of_head_size", MathF.Sqrt(HeadSize));
        var scores = Graph.Node("Div", [Graph.Node("MatMul", [queries, keys]), root]);
        var shares = Graph.Node("Softmax", [Graph.Node("Add", [scores, _mask])], Integer("axis", -1));
        return Graph.Node("MatMul", [shares, values]);
    }

    /// <summary>The sum of embeddings, normalised.</summary>
    /// <param name="norm">Weight and bias of the layer normalisation.</param>
    /// <param name="embeddings">Those of the words, the positions and perhaps the token types.</param>
    protected string SumOfEmbeddings((string Weight, string Bias) norm, params IEnumerable<string> embeddings) =>
        Normalise(embeddings.Aggregate((sum, next) => Graph.Node("Add", [sum, next])), norm);

    /// <summary>The rows of <paramref name="x"/> that <paramref name="indices"/> name.</summary>
    protected string Rows(string x, string indices) => Graph.Node("Gather", [x, indices], Integer("axis", 0));

    private string Normalise(string x, (string Weight, string Bias) norm) => Graph.Node(
        "LayerNormalization", [x, norm.Weight, norm.Bias], Integer("axis", -1), Float("epsilon", Shape.LayerNormEpsilon));
}
