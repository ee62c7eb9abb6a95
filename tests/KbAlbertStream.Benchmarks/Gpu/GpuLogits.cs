using KbAlbertStream.Inference.Scoring;

namespace KbAlbertStream.Benchmarks.Gpu;

/// <summary>Logits of texts, and how far apart two sets of them are.</summary>
internal static class GpuLogits
{
    /// <summary>The logits of each text.</summary>
    public static float[][] Of(EncoderSession session, GpuTexts texts, PackingBudget budget)
    {
        var logits = new float[texts.Ids.Length][];
        foreach (var (members, batch) in texts.Passes(budget, session.ShapeOf))
        {
            session.Run(batch);
            for (var i = 0; i < members.Length; i++)
            {
                logits[members[i]] = session.LogitsOf(0, i).ToArray();
            }
        }

        return logits;
    }

    /// <summary>The largest difference; infinite where one is no number.</summary>
    public static double LargestDifference(float[][] expected, float[][] actual) => expected.Zip(actual)
        .SelectMany(text => text.First.Zip(text.Second, (a, b) => Math.Abs((double)a - b)))
        .Max(difference => double.IsNaN(difference) ? double.PositiveInfinity : difference);
}
