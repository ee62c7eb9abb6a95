using Google.Protobuf;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Graphs.Onnx;
using static KbAlbertStream.Inference.Graphs.GraphAttributes;

namespace KbAlbertStream.Tests.Inference.Graphs;

/// <summary>
/// The oracle: the same model for one text at a time, written with ONNX's elementary operators only, straight from the
/// formulas. No fused operator, no padding, no gathering, token types as an embedding of their own.
/// </summary>
internal sealed class PlainGraph
{
    private readonly GraphBuilder _graph = new(GraphPrecision.Full);
    private readonly EncoderShape _shape;
    private readonly WeightReader _weights;

    private PlainGraph(EncoderShape shape, WeightSource weights)
    {
        _shape = shape;
        _weights = new WeightReader(weights);
    }

    /// <summary>The ONNX file: input <c>ids</c> (S), one output (labels) a head.</summary>
    public static byte[] Write(EncoderShape shape, GraphHead[] heads, WeightSource weights) =>
        new PlainGraph(shape, weights).Write(heads);

    private byte[] Write(GraphHead[] heads)
    {
        _graph.Input("ids", "tokens");
        var x = Embed();
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            for (var inner = 0; inner < _shape.InnerLayers; inner++)
            {
                x = Layer(x, $"albert.encoder.albert_layer_groups.{_shape.GroupOf(layer)}.albert_layers.{inner}");
            }
        }

        foreach (var head in heads)
        {
            Head(head, x);
        }

        return _graph.Build([]).ToByteArray();
    }

    private string Embed()
    {
        var width = _shape.EmbeddingSize;
        var count = _graph.Node("Squeeze", [_graph.Node("Shape", ["ids"])]);
        var places = _graph.Node("Range", [_graph.Integers("0", [0]), count, _graph.Integers("1", [1])]);
        var words = Gather("word_embeddings", _shape.VocabularySize, "ids");
        var positions = Gather("position_embeddings", _shape.MaxPositions, places);
        var type = Gather("token_type_embeddings", 2, _graph.Integers("0", [0]));
        var sum = _graph.Node("Add", [_graph.Node("Add", [words, positions]), type]);
        var normal = Normalise(sum, "albert.embeddings.LayerNorm", width);
        return Linear(normal, "albert.encoder.embedding_hidden_mapping_in", _shape.HiddenSize, width);

        string Gather(string name, int rows, string indices)
        {
            var full = $"albert.embeddings.{name}.weight";
            return _graph.Node(
                "Gather", [_graph.Weight(full, () => _weights.Read(full, rows, width), rows, width), indices]);
        }
    }

    private string Layer(string x, string name)
    {
        var hidden = _shape.HiddenSize;
        var attention = $"{name}.attention";
        var q = Heads(Linear(x, $"{attention}.query", hidden, hidden), 1, 0, 2);
        var k = Heads(Linear(x, $"{attention}.key", hidden, hidden), 1, 2, 0);
        var v = Heads(Linear(x, $"{attention}.value", hidden, hidden), 1, 0, 2);
        var root = _graph.Scalar("root", MathF.Sqrt(hidden / _shape.AttentionHeads));
        var shares = _graph.Node(
            "Softmax", [_graph.Node("Div", [_graph.Node("MatMul", [q, k]), root])], Integer("axis", -1));
        var context = _graph.Node("Transpose", [_graph.Node("MatMul", [shares, v])], Order(1, 0, 2));
        var flat = _graph.Node("Reshape", [context, _graph.Integers("rows", [-1, hidden], 2)]);
        var dense = Linear(flat, $"{attention}.dense", hidden, hidden);
        var y = Normalise(_graph.Node("Add", [dense, x]), $"{attention}.LayerNorm", hidden);
        var up = Linear(y, $"{name}.ffn", _shape.IntermediateSize, hidden);
        var active = _shape.Activation == Activation.Relu
            ? _graph.Node("Relu", [up])
            : _graph.Node("Gelu", [up], Text("approximate", _shape.Activation == Activation.Gelu ? "none" : "tanh"));
        var down = Linear(active, $"{name}.ffn_output", hidden, _shape.IntermediateSize);
        return Normalise(_graph.Node("Add", [down, y]), $"{name}.full_layer_layer_norm", hidden);
    }

    /// <summary>(S, H) to (N, S, h) or any other order of the axes (S, N, h).</summary>
    private string Heads(string x, params long[] order)
    {
        var size = _shape.HiddenSize / _shape.AttentionHeads;
        var split = _graph.Node(
            "Reshape", [x, _graph.Integers("heads", [-1, _shape.AttentionHeads, size], 3)]);
        return _graph.Node("Transpose", [split], Order(order));
    }

    private void Head(GraphHead head, string x)
    {
        var hidden = _shape.HiddenSize;
        var name = $"heads.{head.Name}";
        if (head.Kind == HeadKind.Pooled)
        {
            var first = _graph.Node("Gather", [x, _graph.Integers("0", [0])]);
            var row = _graph.Node("Unsqueeze", [first, _graph.Integers("axis0", [0], 1)]);
            var pooled = _graph.Node("Tanh", [Linear(row, "albert.pooler", hidden, hidden)]);
            var logits = Linear(pooled, name, head.Labels, hidden);
            _graph.NodeNamed(head.Name, "Squeeze", [logits, _graph.Integers("axis0", [0], 1)]);
        }
        else
        {
            var queries = Matrix($"{name}.query", head.Labels, hidden);
            var values = Matrix($"{name}.weight", head.Labels, hidden);
            var shares = _graph.Node("Softmax", [_graph.Node("MatMul", [x, queries])], Integer("axis", 0));
            var parts = _graph.Node("Mul", [shares, _graph.Node("MatMul", [x, values])]);
            var sums = _graph.Node("ReduceSum", [parts, _graph.Integers("axis0", [0], 1)], Integer("keepdims", 0));
            _graph.NodeNamed(head.Name, "Add", [sums, Vector($"{name}.bias", head.Labels)]);
        }

        _graph.Output(head.Name, $"{head.Labels}");
    }

    private string Normalise(string x, string name, int width) => _graph.Node(
        "LayerNormalization",
        [x, Vector($"{name}.weight", width), Vector($"{name}.bias", width)],
        Integer("axis", -1),
        Float("epsilon", _shape.LayerNormEpsilon));

    private string Linear(string x, string name, int outputs, int inputs) => _graph.Node(
        "Add", [_graph.Node("MatMul", [x, Matrix($"{name}.weight", outputs, inputs)]), Vector($"{name}.bias", outputs)]);

    private string Matrix(string name, int outputs, int inputs) => _graph.Weight(
        $"{name}.T", () => _weights.ReadTransposed(inputs, (name, outputs)), inputs, outputs);

    private string Vector(string name, int length) => _graph.Weight(name, () => _weights.Read(name, length), length);

    private static AttributeProto Order(params long[] axes)
    {
        var attribute = new AttributeProto { Name = "perm", Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(axes);
        return attribute;
    }
}
