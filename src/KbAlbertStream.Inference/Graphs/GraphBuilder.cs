using System.Runtime.InteropServices;
using Google.Protobuf;
using KbAlbertStream.Inference.Graphs.Onnx;
using static KbAlbertStream.Inference.Graphs.GraphAttributes;
using DataType = KbAlbertStream.Inference.Graphs.Onnx.TensorProto.Types.DataType;

namespace KbAlbertStream.Inference.Graphs;

/// <summary>Collects the nodes and tensors of one ONNX graph. Every method returns the name of what it added.</summary>
internal sealed class GraphBuilder(GraphPrecision precision)
{
    /// <summary>The domain of ONNX Runtime's fused operators.</summary>
    public const string Microsoft = "com.microsoft";

    private readonly GraphProto _graph = new() { Name = "albert" };
    private readonly Dictionary<string, string> _tensors = [];
    private int _nodes;

    /// <summary>An int32 input; each dimension is a number or a name.</summary>
    public string Input(string name, params string[] shape) => Input(name, DataType.Int32, shape);

    /// <summary>An input of any type; each dimension is a number or a name.</summary>
    public string Input(string name, DataType type, params string[] shape)
    {
        _graph.Input.Add(Describe(name, type, shape));
        return name;
    }

    /// <summary>Makes a float value an output of the graph.</summary>
    public void Output(string name, params string[] shape) =>
        _graph.Output.Add(Describe(name, DataType.Float, shape));

    /// <summary>
    /// A weight in the type that the encoder computes in; layers that share it share the tensor, so
    /// <paramref name="values"/> is asked for once.
    /// </summary>
    public string Weight(string name, Func<float[]> values, params long[] shape) => precision == GraphPrecision.Half
        ? _tensors.TryGetValue(name, out var value) ? value : _tensors[name] = AddHalves(name, values(), shape)
        : FloatWeight(name, values, shape);

    /// <summary>A weight that is float32 where it is used, whatever the file stores.</summary>
    public string FloatWeight(string name, Func<float[]> values, params long[] shape)
    {
        if (_tensors.TryGetValue(name, out var value))
        {
            return value;
        }

        return _tensors[name] = precision is GraphPrecision.HalfStorage or GraphPrecision.Half
            ? Floats(AddHalves($"{name}.half", values(), shape))
            : AddTensor(name, DataType.Float, MemoryMarshal.AsBytes(values().AsSpan()), shape);
    }

    /// <summary>The encoder's values as float32: what the heads read.</summary>
    public string FloatsOfEncoder(string x) => precision == GraphPrecision.Half ? Floats(x) : x;

    /// <summary>Rows times the layer's weight, without its bias, in the graph's precision.</summary>
    public string Product(string rows, LinearLayer layer)
    {
        if (precision != GraphPrecision.EightBit)
        {
            return Node("MatMul", [rows, Weight(layer.Name, layer.Matrix, layer.Inputs, layer.Outputs)]);
        }

        var (integers, scales) = SignedWeight(layer);
        return Fused("DynamicQuantizeMatMul", [rows, integers, scales]);
    }

    /// <summary>The same with the bias. Of rows of two axes ONNX Runtime makes one operator of it.</summary>
    public string Linear(string rows, LinearLayer layer)
    {
        if (precision != GraphPrecision.EightBit)
        {
            return Node("Add", [Product(rows, layer), layer.Bias]);
        }

        var (integers, scales) = SignedWeight(layer);
        return Fused("DynamicQuantizeMatMul", [rows, integers, scales, "", layer.Bias]);
    }

    /// <summary>An int64 tensor, such as the shape for a Reshape; no dimensions make a scalar.</summary>
    public string Integers(string name, ReadOnlySpan<long> values, params long[] shape) =>
        _tensors.TryGetValue(name, out var value)
            ? value
            : _tensors[name] = AddTensor(name, DataType.Int64, MemoryMarshal.AsBytes(values), shape);

    /// <summary>An int32 tensor.</summary>
    public string Integers32(string name, ReadOnlySpan<int> values, params long[] shape) =>
        _tensors.TryGetValue(name, out var value)
            ? value
            : _tensors[name] = AddTensor(name, DataType.Int32, MemoryMarshal.AsBytes(values), shape);

    /// <summary>A float32 scalar.</summary>
    public string Scalar(string name, float value) => _tensors.TryGetValue(name, out var known)
        ? known
        : _tensors[name] = AddTensor(name, DataType.Float, MemoryMarshal.AsBytes([value]), []);

    /// <summary>A scalar in the type that the encoder computes in; of what float16 cannot hold, its smallest or largest.</summary>
    public string EncoderScalar(string name, float value)
    {
        if (precision != GraphPrecision.Half)
        {
            return Scalar(name, value);
        }

        var fitting = Math.Clamp(value, (float)Half.MinValue, (float)Half.MaxValue);
        return _tensors.TryGetValue(name, out var known) ? known : _tensors[name] = AddHalves(name, [fitting], []);
    }

    /// <summary>A node of ONNX's own operators with one output.</summary>
    public string Node(string op, string[] inputs, params AttributeProto[] attributes) =>
        Add("", op, inputs, [Next(op)], attributes);

    /// <summary>The same, with the output's name given.</summary>
    public string NodeNamed(string output, string op, string[] inputs, params AttributeProto[] attributes) =>
        Add("", op, inputs, [output], attributes);

    /// <summary>A node of ONNX Runtime's own operators; an empty input is one left out.</summary>
    public string Fused(string op, string[] inputs, params AttributeProto[] attributes) =>
        Add(Microsoft, op, inputs, [Next(op)], attributes);

    /// <summary>EmbedLayerNormalization: its shape inference wants the unused second output to be listed.</summary>
    public string EmbedLayerNormalization(string[] inputs, params AttributeProto[] attributes) =>
        Add(Microsoft, nameof(EmbedLayerNormalization), inputs, [Next(nameof(EmbedLayerNormalization)), ""], attributes);

    /// <summary>Cuts a value into equal parts along its last axis.</summary>
    public string[] Split(string input, int parts)
    {
        var stem = Next("Split");
        string[] outputs = [.. Enumerable.Range(0, parts).Select(i => $"{stem}.{i}")];
        Add("", "Split", [input], outputs, [Integer("axis", -1), Integer("num_outputs", parts)]);
        return outputs;
    }

    /// <summary>The finished model: IR version 9, opset 20 and ONNX Runtime's operators.</summary>
    public ModelProto Build(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var model = new ModelProto { IrVersion = 9, ProducerName = "KbAlbertStream", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 20 });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = Microsoft, Version = 1 });
        model.MetadataProps.AddRange(
            metadata.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        return model;
    }

    private (string Integers, string Scales) SignedWeight(LinearLayer layer)
    {
        var (integers, scales) = ($"{layer.Name}.int8", $"{layer.Name}.scale");
        if (_tensors.TryAdd(integers, integers))
        {
            var (quantised, scale) = SignedBytes.Of(layer.Matrix(), layer.Outputs);
            AddTensor(integers, DataType.Int8, MemoryMarshal.AsBytes(quantised.AsSpan()), [layer.Inputs, layer.Outputs]);
            AddTensor(scales, DataType.Float, MemoryMarshal.AsBytes(scale.AsSpan()), [layer.Outputs]);
        }

        return (integers, scales);
    }

    private string Floats(string x) => Node("Cast", [x], Integer("to", (long)DataType.Float));

    private string AddHalves(string name, float[] values, long[] shape)
    {
        var halves = Array.ConvertAll(values, x => (Half)x);
        return AddTensor(name, DataType.Float16, MemoryMarshal.AsBytes(halves.AsSpan()), shape);
    }

    private string Next(string op) => $"{op}.{_nodes}";

    private string Add(string domain, string op, string[] inputs, string[] outputs, AttributeProto[] attributes)
    {
        var node = new NodeProto { Name = $"node.{_nodes++}", OpType = op, Domain = domain };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes);
        _graph.Node.Add(node);
        return outputs[0];
    }

    private string AddTensor(string name, DataType type, ReadOnlySpan<byte> bytes, long[] shape)
    {
        var tensor = new TensorProto { Name = name, DataType = type, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.AddRange(shape);
        _graph.Initializer.Add(tensor);
        return name;
    }

    private static ValueInfoProto Describe(string name, DataType type, string[] dimensions)
    {
        var shape = new TensorShapeProto();
        foreach (var dimension in dimensions)
        {
            shape.Dim.Add(long.TryParse(dimension, out var size)
                ? new TensorShapeProto.Types.Dimension { DimValue = size }
                : new TensorShapeProto.Types.Dimension { DimParam = dimension });
        }

        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = type, Shape = shape } },
        };
    }
}
