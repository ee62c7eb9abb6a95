using System.Diagnostics;
using System.Globalization;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Tests.Support;
using Microsoft.ML.OnnxRuntime;

namespace KbAlbertStream.Benchmarks.Scoring;

/// <summary>
/// Real tokens a second of the no-padding graph and of the same graph fed with padded batches. The ways take turns in one
/// process, so that whatever else the machine does hits all of them; the best round of each counts.
/// </summary>
internal static class ScoringBenchmark
{
    private const int Rounds = 9;

    public static void Run(EncoderShape shape, TextWriter output)
    {
        using var file = new MemoryStream();
        AlbertGraph.Write(
            file, shape, BenchmarkShapes.Heads, new FormulaWeights(shape, BenchmarkShapes.Heads, 0.0625).Read);
        output.WriteLine($"hidden {shape.HiddenSize}, layers {shape.Layers}, 64 texts, real tokens/s, "
            + $"{Environment.ProcessorCount} cores");
        output.WriteLine("| texts | threads | tokens | padding | one padded batch | sorted, chunks of 8 | no padding | gain |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var threads in (int[])[1, 2])
        {
            using var session = Session(file.ToArray(), threads, spinning: false);
            foreach (var mix in LengthMix.All)
            {
                Compare(session, mix, threads, output);
            }
        }

        output.WriteLine();
        output.WriteLine("| spinning, 2 threads | tokens/s | CPU seconds a second |");
        output.WriteLine("|---|---:|---:|");
        foreach (var spinning in (bool[])[false, true])
        {
            using var session = Session(file.ToArray(), 2, spinning);
            MeasureSpinning(session, spinning, output);
        }
    }

    private static void Compare(InferenceSession session, LengthMix mix, int threads, TextWriter output)
    {
        var lengths = mix.Draw();
        var sorted = lengths.Order().ToArray();
        var packed = TokenPacker.Cut(lengths, PackingBudget.Default);
        Pass[][] ways =
        [
            [Pass.Of(lengths, padded: true)],
            [.. sorted.Chunk(8).Select(chunk => Pass.Of(chunk, padded: true))],
            [.. packed.Select(batch => Pass.Of([.. batch.Select(i => lengths[i])], padded: false))],
        ];
        var best = new double[ways.Length];
        for (var round = 0; round <= Rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var seconds = Time(session, ways[way]);
                best[way] = Math.Max(best[way], round == 0 ? 0 : lengths.Sum() / seconds); // round 0 warms up
            }
        }

        var padding = 1 - (lengths.Sum() / (double)(lengths.Length * lengths.Max()));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {mix.Name} | {threads} | {lengths.Sum()} | {padding:P0} | {best[0]:F0} | {best[1]:F0} | {best[2]:F0} | "
            + $"{best[2] / best[0]:F2} / {best[2] / best[1]:F2} |"));
        foreach (var pass in ways.SelectMany(way => way))
        {
            pass.Dispose();
        }
    }

    /// <summary>A pass every 50 ms, as on a quiet stream: what the waiting in between costs.</summary>
    private static void MeasureSpinning(InferenceSession session, bool spinning, TextWriter output)
    {
        var lengths = LengthMix.All[0].Draw()[..8];
        using var pass = Pass.Of(lengths, padded: false);
        Time(session, [pass]);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var (watch, cpu, busy) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime, 0.0);
        for (var i = 0; i < 60; i++)
        {
            busy += Time(session, [pass]);
            timer.WaitForNextTickAsync().AsTask().Wait();
        }

        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {(spinning ? "on" : "off")} | {60 * lengths.Sum() / busy:F0} | {used / watch.Elapsed:F2} |"));
    }

    private static double Time(InferenceSession session, Pass[] passes)
    {
        using var options = new RunOptions();
        var watch = Stopwatch.StartNew();
        foreach (var pass in passes)
        {
            using var outputs = session.Run(
                options, Pass.InputNames, pass.Inputs, [.. BenchmarkShapes.Heads.Select(head => head.Name)]);
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static InferenceSession Session(byte[] graph, int threads, bool spinning)
    {
        using var options = EncoderSession.Configure(new EncoderOptions { Threads = threads, Spinning = spinning });
        return new InferenceSession(graph, options);
    }
}
