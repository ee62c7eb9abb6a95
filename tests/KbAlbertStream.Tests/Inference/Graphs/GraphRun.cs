using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;
using Microsoft.Extensions.Logging.Abstractions;

namespace KbAlbertStream.Tests.Inference.Graphs;

/// <summary>Runs ids through a graph in one pass.</summary>
internal static class GraphRun
{
    /// <summary>The logits of one head, a row a text. Texts hold [CLS] and [SEP].</summary>
    public static float[][] Logits(
        EncoderShape shape, GraphHead[] heads, WeightSource weights, int head, params int[][] texts)
    {
        using var session = Session(shape, heads, weights);
        return Logits(session, head, texts);
    }

    public static EncoderSession Session(
        EncoderShape shape,
        GraphHead[] heads,
        WeightSource weights,
        GraphPrecision precision = GraphPrecision.Full,
        GraphForm form = GraphForm.NoPadding)
    {
        using var file = new MemoryStream();
        AlbertGraph.Write(file, shape, heads, weights, precision, form);
        return new EncoderSession(
            file.ToArray(), heads, new EncoderOptions { Provider = ExecutionProvider.Cpu }, NullLogger.Instance);
    }

    public static float[][] Logits(EncoderSession session, int head, params int[][] texts)
    {
        var batch = new PackedBatch();
        batch.Start(session.ShapeOf(texts.Length, texts.Max(text => text.Length)), texts.Sum(text => text.Length));
        foreach (var text in texts)
        {
            batch.Add(text[0], text.AsSpan(1..^1), text[^1]);
        }

        session.Run(batch);
        return [.. texts.Select((_, i) => session.LogitsOf(head, i).ToArray())];
    }

    public static void AssertClose(float[] expected, float[] actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance, $"logit {i} is {actual[i]}, expected {expected[i]}");
        }
    }
}
