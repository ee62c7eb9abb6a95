using static KbAlbertStream.Inference.Graphs.GraphAttributes;

namespace KbAlbertStream.Inference.Graphs;

/// <summary>What graphs without padding have in common: their inputs, and the ways between rows (T, H) and texts (B, S).</summary>
internal sealed class NoPaddingRows(GraphBuilder graph)
{
    private string? _mask, _isToken;

    public void AddInputs(bool types)
    {
        graph.Input(GraphInputs.Ids, "1", "tokens");
        graph.Input(GraphInputs.Positions, "1", "tokens");
        graph.Input(GraphInputs.PaddedRows, "texts", "longest");
        graph.Input(GraphInputs.Lengths, "texts");
        graph.Input(GraphInputs.TokenSlots, "tokens");
        graph.Input(GraphInputs.StartRows, "texts");
        if (types)
        {
            graph.Input(GraphInputs.TokenTypes, "1", "tokens");
        }
    }

    /// <summary>(T, <paramref name="width"/>) of rows with any axes before.</summary>
    public string Flat(string x, string name, int width) =>
        graph.Node("Reshape", [x, graph.Integers(name, [-1, width], 2)]);

    public string FirstRows(string x) => graph.Node("Gather", [x, GraphInputs.StartRows], Integer("axis", 0));

    public string PerText(string x) => graph.Node("Gather", [x, GraphInputs.PaddedRows], Integer("axis", 0));

    public string IsToken() =>
        _isToken ??= graph.Node("Unsqueeze", [Mask(), graph.Integers("last_axis", [-1], 1)]);

    /// <summary>int32: S.</summary>
    public string Longest()
    {
        var slots = graph.Node("Shape", [GraphInputs.PaddedRows], Integer("start", 1), Integer("end", 2));
        return Int32(graph.Node("Squeeze", [slots]));
    }

    /// <summary>bool (B, S): s smaller than the text's length.</summary>
    public string Mask()
    {
        if (_mask is not null)
        {
            return _mask;
        }

        var places = graph.Node(
            "Range", [graph.Integers32("zero32", [0]), Longest(), graph.Integers32("one32", [1])]); // (S)
        var lengths = graph.Node("Unsqueeze", [GraphInputs.Lengths, graph.Integers("last_axis", [-1], 1)]); // (B, 1)
        return _mask = graph.Node("Less", [places, lengths]);
    }

    private string Int32(string x) =>
        graph.Node("Cast", [x], Integer("to", (long)Onnx.TensorProto.Types.DataType.Int32));
}
