namespace KbAlbertStream.Inference.Graphs;

/// <summary>Weights as signed bytes with a scale for each output, symmetric about zero.</summary>
internal static class SignedBytes
{
    private const float Largest = 127;

    /// <summary>weight = byte * scale of its output, to half a scale.</summary>
    /// <param name="weights">(inputs, outputs), row-major.</param>
    /// <param name="outputs">Their number.</param>
    public static (sbyte[] Values, float[] Scales) Of(float[] weights, int outputs)
    {
        var scales = new float[outputs];
        for (var i = 0; i < weights.Length; i++)
        {
            scales[i % outputs] = Math.Max(scales[i % outputs], Math.Abs(weights[i]) / Largest);
        }

        var values = new sbyte[weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            // An output without weights has scale 0, and every scale serves it.
            var scale = scales[i % outputs];
            values[i] = scale == 0 ? (sbyte)0 : (sbyte)Math.Round(weights[i] / scale);
        }

        return (values, scales);
    }
}
