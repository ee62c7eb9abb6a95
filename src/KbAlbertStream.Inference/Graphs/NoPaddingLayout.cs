using static KbAlbertStream.Inference.Graphs.GraphAttributes;

namespace KbAlbertStream.Inference.Graphs;

/// <summary>
/// <see cref="GraphForm.NoPadding"/>: rows are (T, H); only attention sees padding. Its way there and back is one gather
/// each: queries, keys and values are read as rows of single heads, (T x 3N, h), and gathered straight into (B, N, S, h).
/// </summary>
internal sealed class NoPaddingLayout(GraphBuilder graph, EncoderShape shape) : StandardLayout(graph, shape)
{
    private readonly NoPaddingRows _rows = new(graph);
    private readonly string?[] _headRows = new string?[3];
    private string? _scaledRows, _contextRows;

    public override void AddInputs(bool types) => _rows.AddInputs(types);

    public override string Embed(string words, string positions, string? types, (string Weight, string Bias) norm)
    {
        return SumOfEmbeddings(
            norm,
            [
                OfTokens(words, GraphInputs.Ids), OfTokens(positions, GraphInputs.Positions),
                .. types is null ? (string[])[] : [OfTokens(types, GraphInputs.TokenTypes)],
            ]);

        // Rows of two axes, of which ONNX Runtime makes no SkipLayerNormalization.
        string OfTokens(string table, string input) =>
            Rows(table, Graph.Node("Reshape", [input, Graph.Integers("flat", [-1], 1)]));
    }

    public override string Attend(string x, LinearLayer queryKeyValue)
    {
        var heads = _rows.Flat(Graph.Linear(x, queryKeyValue), "head_rows", HeadSize); // (T x 3N, h)
        var keyColumns = Graph.Node("Transpose", [Rows(heads, HeadRows(1))], IntegerList("perm", 0, 1, 3, 2));
        var context = Attention(Rows(heads, HeadRows(0)), keyColumns, Rows(heads, HeadRows(2)), _rows.Mask());
        var contextRows = Rows(_rows.Flat(context, "head_rows", HeadSize), ContextRows()); // (T, N, h)
        return _rows.Flat(contextRows, "hidden_rows", Shape.HiddenSize);
    }

    public override string FirstRows(string x) => _rows.FirstRows(x);

    public override string PerText(string x) => _rows.PerText(x);

    public override string IsToken() => _rows.IsToken();

    /// <summary>
    /// int32 (B, N, S): the row of each head of queries (<paramref name="part"/> 0), keys (1) or values (2) among
    /// (T x 3N): 3N times the token's row, and the head's number.
    /// </summary>
    private string HeadRows(int part)
    {
        var heads = Shape.AttentionHeads;
        _scaledRows ??= Graph.Node(
            "Mul",
            [
                Graph.Node("Unsqueeze", [GraphInputs.PaddedRows, Graph.Integers("head_axis", [1], 1)]),
                Graph.Integers32("head_rows_per_token", [3 * heads]),
            ]);
        return _headRows[part] ??= Graph.Node(
            "Add", [_scaledRows, Graph.Integers32($"heads.{part}", Numbers(part * heads, heads), 1, heads, 1)]);
    }

    /// <summary>
    /// int32 (T, N): the row of each head of a token's context among (B x N x S): a token in slot b x S + s is there at
    /// b x N x S + n x S + s, which is N x (slot - s) + s + n x S.
    /// </summary>
    private string ContextRows()
    {
        if (_contextRows is not null)
        {
            return _contextRows;
        }

        var heads = Shape.AttentionHeads;
        var slots = Column(GraphInputs.TokenSlots);
        var places = Column(GraphInputs.Positions);
        var starts = Graph.Node("Mul", [Graph.Node("Sub", [slots, places]), Graph.Integers32("heads", [heads])]);
        var skips = Graph.Node("Mul", [_rows.Longest(), Graph.Integers32("head_numbers", Numbers(0, heads), 1, heads)]);
        return _contextRows = Graph.Node("Add", [Graph.Node("Add", [starts, places]), skips]);

        string Column(string x) => Graph.Node("Reshape", [x, Graph.Integers("column", [-1, 1], 2)]);
    }

    private static int[] Numbers(int first, int count) => [.. Enumerable.Range(first, count)];
}
