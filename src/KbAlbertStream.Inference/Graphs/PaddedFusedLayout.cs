using static KbAlbertStream.Inference.Graphs.GraphAttributes;
using DataType = KbAlbertStream.Inference.Graphs.Onnx.TensorProto.Types.DataType;

namespace KbAlbertStream.Inference.Graphs;

/// <summary><see cref="GraphForm.PaddedFused"/>: rows are (B, S, H); attention gets the texts' lengths.</summary>
internal sealed class PaddedFusedLayout(GraphBuilder graph, EncoderShape shape) : FusedLayout(graph, shape)
{
    private readonly PaddedLayout _padded = new(graph, shape);
    private string? _lengths;

    public override void AddInputs(bool types) => _padded.AddInputs(types);

    public override string Embed(string words, string positions, string? types, (string Weight, string Bias) norm) =>
        Graph.EmbedLayerNormalization(
            [
                Int32(GraphInputs.Ids), types is null ? "" : Int32(GraphInputs.TokenTypes), words, positions, types ?? "",
                norm.Weight, norm.Bias,
            ],
            Epsilon());

    public override string Attend(string x, LinearLayer queryKeyValue) =>
        MultiHeadAttention(Graph.Product(x, queryKeyValue), queryKeyValue.Bias, _lengths ??= Lengths());

    public override string FirstRows(string x) => _padded.FirstRows(x);

    public override string PerText(string x) => _padded.PerText(x);

    public override string IsToken() => _padded.IsToken();

    /// <summary>int32 (B): padding stands on the right, so the ones of the mask are the length.</summary>
    private string Lengths() => Int32(Graph.Node(
        "ReduceSum", [GraphInputs.AttentionMask, Graph.Integers("token_axis", [1], 1)], Integer("keepdims", 0)));

    private string Int32(string x) => Graph.Node("Cast", [x], Integer("to", (long)DataType.Int32));
}
