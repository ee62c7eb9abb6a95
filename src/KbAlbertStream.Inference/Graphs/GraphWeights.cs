using System.Runtime.InteropServices;
using KbAlbertStream.Inference.Graphs.Onnx;
using DataType = KbAlbertStream.Inference.Graphs.Onnx.TensorProto.Types.DataType;

namespace KbAlbertStream.Inference.Graphs;

/// <summary>
/// Reads the weights of a graph of <see cref="AlbertGraph"/> back, by their Hugging Face names, so that a bundle alone is
/// enough to write it in another form or precision. Token types that were added to the positions come back as zeros.
/// </summary>
public sealed class GraphWeights
{
    private const string Embeddings = "albert.embeddings";
    private static readonly string[] Parts = ["query", "key", "value"];

    private readonly Dictionary<string, float[]> _weights = new(StringComparer.Ordinal);
    private readonly EncoderShape _shape;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The bytes of the ONNX file.</param>
    /// <param name="shape">The encoder's sizes.</param>
    /// <exception cref="InvalidDataException">Weights are integers, or of sizes that do not fit.</exception>
    public GraphWeights(byte[] file, EncoderShape shape)
    {
        _shape = shape;
        foreach (var tensor in ModelProto.Parser.ParseFrom(file).Graph.Initializer)
        {
            var name = tensor.Name.EndsWith(".half", StringComparison.Ordinal) ? tensor.Name[..^".half".Length] : tensor.Name;
            if (name.EndsWith(".int8", StringComparison.Ordinal))
            {
                throw new InvalidDataException("The graph holds 8-bit weights; those it was made of are needed.");
            }

            if (tensor.DataType is DataType.Float or DataType.Float16)
            {
                Add(name, Values(tensor), [.. tensor.Dims.Select(size => (int)size)]);
            }
        }
    }

    /// <summary>Names and values, matrices as (out, in).</summary>
    public IReadOnlyDictionary<string, float[]> ByName => _weights;

    /// <summary>A <see cref="WeightSource"/>.</summary>
    public ReadOnlySpan<float> Read(string name) => _weights[name];

    private static float[] Values(TensorProto tensor) => tensor.DataType == DataType.Float
        ? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray()
        : Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(tensor.RawData.Span).ToArray(), half => (float)half);

    private void Add(string name, float[] values, int[] shape)
    {
        switch (Path.GetExtension(name))
        {
            case ".matrix":
                _weights[$"{name[..^".matrix".Length]}.weight"] = Transposed(values, shape[0], shape[1], 0, shape[1]);
                break;
            case ".qkv":
                AddParts(name[..^".qkv".Length], "weight", part => Transposed(values, shape[0], shape[1], part * shape[0], shape[0]));
                break;
            case ".bias" when name.EndsWith(".qkv.bias", StringComparison.Ordinal):
                AddParts(name[..^".qkv.bias".Length], "bias", part => values[(part * shape[0] / 3)..((part + 1) * shape[0] / 3)]);
                break;
            case ".query_and_weight":
                var head = name[..^".query_and_weight".Length];
                _weights[$"{head}.query"] = Transposed(values, shape[0], shape[1], 0, shape[1] / 2);
                _weights[$"{head}.weight"] = Transposed(values, shape[0], shape[1], shape[1] / 2, shape[1] / 2);
                break;
            case ".position_and_type":
                _weights[$"{Embeddings}.position_embeddings.weight"] = values;
                _weights[$"{Embeddings}.token_type_embeddings.weight"] = new float[2 * _shape.EmbeddingSize];
                break;
            case ".word_embeddings" or ".position_embeddings" or ".token_type_embeddings":
                _weights[$"{name}.weight"] = values;
                break;
            default:
                _weights[name] = values;
                break;
        }
    }

    private void AddParts(string attention, string kind, Func<int, float[]> part)
    {
        for (var i = 0; i < Parts.Length; i++)
        {
            _weights[$"{attention}.{Parts[i]}.{kind}"] = part(i);
        }
    }

    /// <summary>Columns of (inputs, outputs) as rows.</summary>
    private static float[] Transposed(float[] values, int inputs, int outputs, int first, int count)
    {
        if (values.Length != inputs * outputs)
        {
            throw new InvalidDataException($"A weight holds {values.Length} values, {inputs} x {outputs} are expected.");
        }

        var rows = new float[inputs * count];
        for (var output = 0; output < count; output++)
        {
            for (var input = 0; input < inputs; input++)
            {
                rows[(output * inputs) + input] = values[(input * outputs) + first + output];
            }
        }

        return rows;
    }
}
