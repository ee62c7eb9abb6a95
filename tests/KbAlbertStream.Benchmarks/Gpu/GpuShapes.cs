using System.Diagnostics;
using System.Globalization;
using KbAlbertStream.Benchmarks.Pipeline;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;

namespace KbAlbertStream.Benchmarks.Gpu;

/// <summary>
/// Passes of which hardly two have the same shape, as on a stream: what the first of a shape costs beside the second, and
/// whether memory grows.
/// </summary>
internal sealed class GpuShapes(ExecutionProvider provider, int passes)
{
    private const int MostTexts = 64;

    /// <summary>Prints a table.</summary>
    public void Run(EncoderShape shape, TextWriter output)
    {
        var table = new MarkdownTable(
            "way", "passes", "first of a shape, ms p50", "p99", "same again, ms p50", "p99", "MiB on the GPU after a tenth",
            "at the end", "MiB resident after a tenth", "at the end");
        foreach (var way in GpuWay.All)
        {
            using var session = way.Open(shape, provider);
            session.WarmUp(shape.MaxPositions);
            List<double> first = [], again = [];
            var early = GpuMemory.Used();
            var random = new Random(11);
            for (var pass = 0; pass < passes; pass++)
            {
                var batch = Draw(random, shape.MaxPositions, session);
                first.Add(Milliseconds(session, batch));
                again.Add(Milliseconds(session, batch));
                early = pass == passes / 10 ? GpuMemory.Used() : early;
            }

            var late = GpuMemory.Used();
            table.Add(
                way.Name, $"{passes}", Percentile(first, 50), Percentile(first, 99), Percentile(again, 50),
                Percentile(again, 99), early.Gpu, late.Gpu, early.Resident, late.Resident);
        }

        table.Print(output);
    }

    private static PackedBatch Draw(Random random, int longest, EncoderSession session) => GpuTexts.Pack(
    [
        .. Enumerable.Range(0, random.Next(1, MostTexts + 1)).Select(_ =>
            Enumerable.Range(0, 4 + (int)((longest - 3) * Math.Pow(random.NextDouble(), 4)))
                .Select(_ => random.Next(5, 9000)).ToArray()),
    ],
        session.ShapeOf);

    private static double Milliseconds(EncoderSession session, PackedBatch batch)
    {
        var since = Stopwatch.GetTimestamp();
        session.Run(batch);
        return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
    }

    private static string Percentile(List<double> values, int percent) =>
        values.Order().ElementAt((values.Count - 1) * percent / 100).ToString("F2", CultureInfo.InvariantCulture);
}
