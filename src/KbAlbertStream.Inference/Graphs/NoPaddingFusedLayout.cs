using static KbAlbertStream.Inference.Graphs.GraphAttributes;

namespace KbAlbertStream.Inference.Graphs;

/// <summary>
/// <see cref="GraphForm.NoPaddingFused"/>: rows are (T, H); only attention sees padding, by gathering rows.
/// </summary>
internal sealed class NoPaddingFusedLayout(GraphBuilder graph, EncoderShape shape) : FusedLayout(graph, shape)
{
    private readonly NoPaddingRows _rows = new(graph);

    public override void AddInputs(bool types) => _rows.AddInputs(types);

    public override string Embed(string words, string positions, string? types, (string Weight, string Bias) norm)
    {
        var embedded = Graph.EmbedLayerNormalization(
            [
                GraphInputs.Ids, types is null ? "" : GraphInputs.TokenTypes, words, positions, types ?? "", norm.Weight,
                norm.Bias, "", GraphInputs.Positions,
            ],
            Epsilon());
        return _rows.Flat(embedded, "embedding_rows", Shape.EmbeddingSize);
    }

    public override string Attend(string x, LinearLayer queryKeyValue)
    {
        var padded = _rows.PerText(Graph.Product(x, queryKeyValue));
        var context = MultiHeadAttention(padded, queryKeyValue.Bias, GraphInputs.Lengths);
        var flat = _rows.Flat(context, "hidden_rows", Shape.HiddenSize);
        return Graph.Node("Gather", [flat, GraphInputs.TokenSlots], Integer("axis", 0));
    }

    public override string FirstRows(string x) => _rows.FirstRows(x);

    public override string PerText(string x) => _rows.PerText(x);

    public override string IsToken() => _rows.IsToken();
}
