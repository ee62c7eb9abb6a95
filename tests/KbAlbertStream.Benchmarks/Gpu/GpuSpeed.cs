using System.Diagnostics;
using System.Globalization;
using KbAlbertStream.Benchmarks.Pipeline;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;

namespace KbAlbertStream.Benchmarks.Gpu;

/// <summary>
/// Each way on each kind of text: how near its logits come to float32 on the CPU, messages and tokens a second of wall time
/// (copies to and from the GPU included, tokenising not), the best of some rounds, and the memory afterwards.
/// </summary>
internal sealed class GpuSpeed(ExecutionProvider provider, int rounds, GpuTexts[] texts)
{
    /// <summary>How many texts of a kind are computed on the CPU too.</summary>
    public const int TextsCompared = 64;

    /// <summary>Prints a table; false when a logit is too far off.</summary>
    public bool Run(EncoderShape shape, TextWriter output)
    {
        var compared = texts.Select(kind => kind with { Ids = [.. kind.Ids.Take(TextsCompared)] }).ToArray();
        var expected = Reference(shape, compared);
        var table = new MarkdownTable(
            "way", "texts", "largest difference of a logit", "messages/s", "tokens/s", "share of 790 TFLOP/s",
            "MiB on the GPU", "MiB resident");
        var near = true;
        foreach (var way in GpuWay.All)
        {
            using var session = way.Open(shape, provider);
            for (var kind = 0; kind < texts.Length; kind++)
            {
                var difference = GpuLogits.LargestDifference(
                    expected[kind], GpuLogits.Of(session, compared[kind], PackingBudget.Cuda));
                near &= difference <= way.Tolerance;
                var seconds = Seconds(session, texts[kind]);
                var work = texts[kind].Ids.Sum(ids => EncoderWork.Of(shape, ids.Length));
                var (gpu, resident) = GpuMemory.Used();
                table.Add(
                    way.Name, texts[kind].Name, difference.ToString("E1", CultureInfo.InvariantCulture),
                    Number(texts[kind].Ids.Length / seconds, "N0"), Number(texts[kind].Tokens / seconds, "N0"),
                    Number(work / seconds / EncoderWork.Peak, "P1"), gpu, resident);
            }
        }

        table.Print(output);
        return near;
    }

    /// <summary>Logits of float32 on the CPU, in small passes.</summary>
    public static float[][][] Reference(EncoderShape shape, GpuTexts[] texts)
    {
        using var session = GpuWay.All.First(way => way.Form == GraphForm.NoPadding).Open(shape, ExecutionProvider.Cpu);
        return [.. texts.Select(kind => GpuLogits.Of(session, kind, PackingBudget.Cpu))];
    }

    private double Seconds(EncoderSession session, GpuTexts kind)
    {
        var passes = kind.Passes(PackingBudget.Cuda, session.ShapeOf).Select(pass => pass.Batch).ToArray();
        var best = double.MaxValue;
        for (var round = 0; round <= rounds; round++)
        {
            var since = Stopwatch.GetTimestamp();
            Array.ForEach(passes, session.Run);
            best = round == 0 ? best : Math.Min(best, Stopwatch.GetElapsedTime(since).TotalSeconds); // round 0 warms up
        }

        return best;
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
