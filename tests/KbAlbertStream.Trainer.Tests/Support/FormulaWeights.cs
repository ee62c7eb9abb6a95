using System.IO.Hashing;
using System.Text;
using KbAlbertStream.Trainer.Modelling;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Tests.Support;

/// <summary>Weights by formula, as the golden models have them (golden/models/README.md).</summary>
internal static class FormulaWeights
{
    private const double TrainingScale = 0.125;

    /// <summary>Gives every weight the values that its name decides.</summary>
    public static void Fill(WeightSet weights, double scale = TrainingScale)
    {
        foreach (var (name, weight) in weights.ByName)
        {
            using var values = tensor(Values(name, weight.numel(), scale), weight.shape);
            weights.Set(name, values);
        }
    }

    public static float[] Values(string name, long count, double scale)
    {
        var start = (ulong)Crc32.HashToUInt32(Encoding.UTF8.GetBytes(name)) << 32;
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            var z = start + (ulong)i + 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            z ^= z >> 31;
            var s = (float)(((z >> 40) / (double)(1 << 23)) - 1);
            values[i] = name switch
            {
                _ when name.EndsWith("LayerNorm.weight", StringComparison.Ordinal)
                    || name.EndsWith("layer_norm.weight", StringComparison.Ordinal) => (float)(1 + (s * 0.125)),
                _ when name.EndsWith("bias", StringComparison.Ordinal) => (float)(s * 0.0625),
                _ when name.Contains("embeddings.weight", StringComparison.Ordinal) => (float)(s * 0.5),
                _ => (float)(s * scale),
            };
        }

        return values;
    }
}
