using System.IO.Hashing;
using System.Text;
using KbAlbertStream.Inference.Graphs;

namespace KbAlbertStream.Tests.Support;

/// <summary>
/// Weights that come from a formula of their name and place (splitmix64), so that a model of any size needs no file and
/// its reference logits can be computed elsewhere.
/// </summary>
internal sealed class FormulaWeights(EncoderShape shape, IReadOnlyList<GraphHead> heads, double scale)
{
    /// <summary>The weight of that name, as a <see cref="WeightSource"/>.</summary>
    public ReadOnlySpan<float> Read(string name) => Values(name, LengthOf(name), scale);

    /// <summary>The first values of a tensor.</summary>
    public static float[] Values(string name, int length, double scale)
    {
        var values = new float[length];
        var first = (ulong)Crc32.HashToUInt32(Encoding.UTF8.GetBytes(name)) << 32;
        var isNorm = name.EndsWith("LayerNorm.weight", StringComparison.Ordinal)
            || name.EndsWith("layer_norm.weight", StringComparison.Ordinal);
        var factor = (float)(isNorm ? 0.125
            : name.EndsWith("bias", StringComparison.Ordinal) ? 0.0625
            : name.Contains("embeddings.weight", StringComparison.Ordinal) ? 0.5
            : scale);
        for (var i = 0; i < length; i++)
        {
            var z = first + (ulong)i + 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            var s = (float)(((z >> 40) / (double)(1 << 23)) - 1);
            values[i] = isNorm ? 1 + (s * factor) : s * factor;
        }

        return values;
    }

    private int LengthOf(string name)
    {
        foreach (var head in heads)
        {
            if (name.StartsWith($"heads.{head.Name}.", StringComparison.Ordinal))
            {
                return name.EndsWith("bias", StringComparison.Ordinal) ? head.Labels : head.Labels * shape.HiddenSize;
            }
        }

        return name switch
        {
            "albert.embeddings.word_embeddings.weight" => shape.VocabularySize * shape.EmbeddingSize,
            "albert.embeddings.position_embeddings.weight" => shape.MaxPositions * shape.EmbeddingSize,
            "albert.embeddings.token_type_embeddings.weight" => 2 * shape.EmbeddingSize,
            "albert.encoder.embedding_hidden_mapping_in.weight" => shape.HiddenSize * shape.EmbeddingSize,
            _ when name.StartsWith("albert.embeddings.LayerNorm", StringComparison.Ordinal) => shape.EmbeddingSize,
            _ when name.EndsWith(".ffn.bias", StringComparison.Ordinal) => shape.IntermediateSize,
            _ when name.EndsWith("bias", StringComparison.Ordinal) => shape.HiddenSize,
            _ when name.Contains("orm.weight", StringComparison.Ordinal) => shape.HiddenSize,
            _ when name.Contains(".ffn", StringComparison.Ordinal) => shape.HiddenSize * shape.IntermediateSize,
            _ => shape.HiddenSize * shape.HiddenSize,
        };
    }
}
