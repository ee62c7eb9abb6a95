using KbAlbertStream.Inference.Graphs;

namespace KbAlbertStream.Benchmarks.Gpu;

/// <summary>Floating-point operations that the formulas of an encoder ask for; heads and normalisations are left out.</summary>
internal static class EncoderWork
{
    /// <summary>Operations per second that an H100 reaches in large float16 products.</summary>
    public const double Peak = 790e12;

    /// <summary>Of one text: 2 E H a token, and in every layer 2 (4 H^2 + 2 H I) a token and 4 H n of attention.</summary>
    public static double Of(EncoderShape shape, int length)
    {
        double hidden = shape.HiddenSize;
        var layer = (2 * ((4 * hidden * hidden) + (2 * hidden * shape.IntermediateSize))) + (4 * hidden * length);
        return length * ((2 * shape.EmbeddingSize * hidden) + (shape.Layers * shape.InnerLayers * layer));
    }
}
