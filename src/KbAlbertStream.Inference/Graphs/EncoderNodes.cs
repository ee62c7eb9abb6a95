namespace KbAlbertStream.Inference.Graphs;

/// <summary>Writes the encoder, from ids to rows of hidden states, in any layout.</summary>
internal sealed class EncoderNodes(GraphBuilder graph, EncoderShape shape, WeightReader weights, IGraphLayout layout)
{
    private readonly int _hidden = shape.HiddenSize;

    /// <summary>Adds the encoder and returns the last hidden states.</summary>
    public string Write()
    {
        var x = Embed();
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            for (var inner = 0; inner < shape.InnerLayers; inner++)
            {
                x = TransformerLayer(x, $"albert.encoder.albert_layer_groups.{shape.GroupOf(layer)}.albert_layers.{inner}");
            }
        }

        return x;
    }

    private string Embed()
    {
        const string embeddings = "albert.embeddings";
        const string mapping = "albert.encoder.embedding_hidden_mapping_in";
        var (width, types) = (shape.EmbeddingSize, shape.TokenTypes > 0);
        var rows = layout.Embed(
            Table($"{embeddings}.word_embeddings", shape.VocabularySize),
            types ? Table($"{embeddings}.position_embeddings", shape.MaxPositions) : PositionsWithTypeZero(),
            types ? Table($"{embeddings}.token_type_embeddings", shape.TokenTypes) : null,
            Norm($"{embeddings}.LayerNorm", width));
        return graph.Node(
            "Add",
            [graph.Node("MatMul", [rows, Matrix(mapping, _hidden, width)]), Vector($"{mapping}.bias", _hidden)]);

        string Table(string name, int count) =>
            graph.Weight(name, () => weights.Read($"{name}.weight", count, width), count, width);

        string PositionsWithTypeZero() => graph.Weight(
            $"{embeddings}.position_and_type",
            () => weights.ReadPositions(shape.MaxPositions, width),
            shape.MaxPositions,
            width);
    }

    private string TransformerLayer(string x, string name)
    {
        var attention = $"{name}.attention";
        var context = layout.Attend(x, QueryKeyValue(attention));
        var y = layout.AddAndNormalise(
            context, Layer($"{attention}.dense", _hidden, _hidden), x, Norm($"{attention}.LayerNorm", _hidden));
        var active = layout.Activate(y, Layer($"{name}.ffn", _hidden, shape.IntermediateSize));
        return layout.AddAndNormalise(
            active,
            Layer($"{name}.ffn_output", shape.IntermediateSize, _hidden),
            y,
            Norm($"{name}.full_layer_layer_norm", _hidden));
    }

    private LinearLayer QueryKeyValue(string attention)
    {
        string[] parts = [$"{attention}.query", $"{attention}.key", $"{attention}.value"];
        return new LinearLayer(
            $"{attention}.qkv",
            () => weights.ReadTransposed(_hidden, [.. parts.Select(part => ($"{part}.weight", _hidden))]),
            _hidden,
            3 * _hidden,
            graph.Weight(
                $"{attention}.qkv.bias",
                () => weights.ReadJoined(_hidden, [.. parts.Select(part => $"{part}.bias")]),
                3 * _hidden));
    }

    private LinearLayer Layer(string name, int inputs, int outputs) => new(
        $"{name}.matrix",
        () => weights.ReadTransposed(inputs, ($"{name}.weight", outputs)),
        inputs,
        outputs,
        Vector($"{name}.bias", outputs));

    private string Matrix(string layer, int outputs, int inputs) => graph.Weight(
        $"{layer}.matrix", () => weights.ReadTransposed(inputs, ($"{layer}.weight", outputs)), inputs, outputs);

    private (string Weight, string Bias) Norm(string name, int width) =>
        (Vector($"{name}.weight", width), Vector($"{name}.bias", width));

    private string Vector(string name, int length) => graph.Weight(name, () => weights.Read(name, length), length);
}
