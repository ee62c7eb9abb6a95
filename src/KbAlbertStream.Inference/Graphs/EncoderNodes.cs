using static KbAlbertStream.Inference.Graphs.GraphBuilder;

namespace KbAlbertStream.Inference.Graphs;

/// <summary>Writes the encoder: from ids to hidden states (T, H) without a padding row.</summary>
internal sealed class EncoderNodes(GraphBuilder graph, EncoderShape shape, WeightReader weights)
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
                x = Layer(x, $"albert.encoder.albert_layer_groups.{shape.GroupOf(layer)}.albert_layers.{inner}");
            }
        }

        return x;
    }

    private string Embed()
    {
        const string embeddings = "albert.embeddings";
        const string mapping = "albert.encoder.embedding_hidden_mapping_in";
        var width = shape.EmbeddingSize;
        var words = graph.Weight(
            $"{embeddings}.word_embeddings",
            () => weights.Read($"{embeddings}.word_embeddings.weight", shape.VocabularySize, width),
            shape.VocabularySize,
            width);
        var positions = graph.Weight(
            $"{embeddings}.position_and_type", () => weights.ReadPositions(shape.MaxPositions, width), shape.MaxPositions, width);
        var embedded = graph.EmbedLayerNormalization(
            [
                GraphInputs.Ids, "", words, positions, "", Vector($"{embeddings}.LayerNorm.weight", width),
                Vector($"{embeddings}.LayerNorm.bias", width), "", GraphInputs.Positions,
            ],
            Epsilon());
        var rows = graph.Node("Reshape", [embedded, graph.Integers("embedding_rows", [-1, width], 2)]);
        return graph.Node(
            "Add",
            [graph.Node("MatMul", [rows, Matrix(mapping, _hidden, width)]), Vector($"{mapping}.bias", _hidden)]);
    }

    private string Layer(string x, string name)
    {
        var attention = $"{name}.attention";
        var qkv = graph.Node("MatMul", [x, QueryKeyValue(attention)]);
        var padded = graph.Node("Gather", [qkv, GraphInputs.PaddedRows], Integer("axis", 0));
        var parts = graph.Split(padded, 3);
        var bias = graph.Weight(
            $"{attention}.qkv.bias",
            () => weights.ReadJoined(
                _hidden, $"{attention}.query.bias", $"{attention}.key.bias", $"{attention}.value.bias"),
            3 * _hidden);
        var context = graph.Fused(
            "MultiHeadAttention",
            [parts[0], parts[1], parts[2], bias, GraphInputs.Lengths],
            Integer("num_heads", shape.AttentionHeads));
        var flat = graph.Node("Reshape", [context, graph.Integers("hidden_rows", [-1, _hidden], 2)]);
        var tokens = graph.Node("Gather", [flat, GraphInputs.TokenSlots], Integer("axis", 0));
        var attended = graph.Node("MatMul", [tokens, Matrix($"{attention}.dense", _hidden, _hidden)]);
        var y = AddAndNormalise(attended, x, $"{attention}.LayerNorm", $"{attention}.dense.bias");

        var up = graph.Node("MatMul", [y, Matrix($"{name}.ffn", shape.IntermediateSize, _hidden)]);
        var active = Activate(up, Vector($"{name}.ffn.bias", shape.IntermediateSize));
        var down = graph.Node("MatMul", [active, Matrix($"{name}.ffn_output", _hidden, shape.IntermediateSize)]);
        return AddAndNormalise(down, y, $"{name}.full_layer_layer_norm", $"{name}.ffn_output.bias");
    }

    private string Activate(string x, string bias) => shape.Activation switch
    {
        Activation.GeluTanh => graph.Fused("FastGelu", [x, bias]),
        Activation.Gelu => graph.Fused("BiasGelu", [x, bias]),
        Activation.Relu => graph.Node("Relu", [graph.Node("Add", [x, bias])]),
        _ => throw new InvalidOperationException($"{shape.Activation} is no activation."),
    };

    private string AddAndNormalise(string x, string skip, string norm, string bias) => graph.Fused(
        "SkipLayerNormalization",
        [x, skip, Vector($"{norm}.weight", _hidden), Vector($"{norm}.bias", _hidden), Vector(bias, _hidden)],
        Epsilon());

    private string QueryKeyValue(string attention) => graph.Weight(
        $"{attention}.qkv",
        () => weights.ReadTransposed(
            _hidden,
            ($"{attention}.query.weight", _hidden),
            ($"{attention}.key.weight", _hidden),
            ($"{attention}.value.weight", _hidden)),
        _hidden,
        3 * _hidden);

    private string Matrix(string layer, int outputs, int inputs) => graph.Weight(
        $"{layer}.matrix", () => weights.ReadTransposed(inputs, ($"{layer}.weight", outputs)), inputs, outputs);

    private string Vector(string name, int length) => graph.Weight(name, () => weights.Read(name, length), length);

    private Onnx.AttributeProto Epsilon() => Float("epsilon", shape.LayerNormEpsilon);
}
