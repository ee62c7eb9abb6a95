using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using KbAlbertStream.Benchmarks.Scoring;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Benchmarks.Gpu;

/// <summary>
/// The model that we run, as Transformers takes it: <c>config.json</c>, <c>model.safetensors</c> (every tensor flat: the
/// reader has the shapes), the texts as ids, and the logits of the first of them on the CPU in float32.
/// </summary>
internal static class GpuPeerFolder
{
    public static void Write(string folder, EncoderShape shape, GpuTexts[] texts, float[][][] expected)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.json"), JsonSerializer.Serialize(new
        {
            model_type = "albert",
            vocab_size = shape.VocabularySize,
            embedding_size = shape.EmbeddingSize,
            hidden_size = shape.HiddenSize,
            num_hidden_layers = shape.Layers,
            num_hidden_groups = shape.HiddenGroups,
            inner_group_num = shape.InnerLayers,
            num_attention_heads = shape.AttentionHeads,
            intermediate_size = shape.IntermediateSize,
            max_position_embeddings = shape.MaxPositions,
            type_vocab_size = 2,
            layer_norm_eps = shape.LayerNormEpsilon,
            hidden_act = "gelu_new",
            num_labels = PeerFolder.Head.Labels,
        }));
        WriteWeights(Path.Combine(folder, "model.safetensors"), shape);
        File.WriteAllText(
            Path.Combine(folder, "texts.json"),
            JsonSerializer.Serialize(texts.Zip(expected).ToDictionary(
                kind => kind.First.Name, kind => new { ids = kind.First.Ids, logits = kind.Second })));
    }

    private static void WriteWeights(string path, EncoderShape shape)
    {
        // The writer of the graph asks for every weight that there is.
        var formula = new FormulaWeights(shape, [PeerFolder.Head], 0.0625);
        SortedDictionary<string, float[]> weights = new(StringComparer.Ordinal);
        AlbertGraph.Write(Stream.Null, shape, [PeerFolder.Head], name => weights[name] = formula.Read(name).ToArray());

        var header = new Dictionary<string, object>();
        var end = 0L;
        foreach (var (name, values) in weights)
        {
            var start = end;
            end += values.Length * sizeof(float);
            header[name.Replace($"heads.{PeerFolder.Head.Name}.", "classifier.", StringComparison.Ordinal)] =
                new { dtype = "F32", shape = (int[])[values.Length], data_offsets = (long[])[start, end] };
        }

        var text = JsonSerializer.Serialize(header);
        using var file = new BinaryWriter(File.Create(path));
        file.Write((long)Encoding.UTF8.GetByteCount(text));
        file.Write(Encoding.UTF8.GetBytes(text));
        foreach (var values in weights.Values)
        {
            file.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }
    }
}
