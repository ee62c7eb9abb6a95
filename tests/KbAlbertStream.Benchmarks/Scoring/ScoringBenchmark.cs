using System.Diagnostics;
using System.Globalization;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Tests.Support;
using Microsoft.ML.OnnxRuntime;

namespace KbAlbertStream.Benchmarks.Scoring;

/// <summary>
/// Real tokens per second of CPU time, of the no-padding graph and of the same graph fed with padded batches. CPU time,
/// because other work on the machine hardly changes it; the ways take turns in one process, and the best round counts.
/// </summary>
internal static class ScoringBenchmark
{
    private static readonly int[] TokenBudgets = [256, 512, 1024, 2048, 4096];

    /// <summary>Prints the tables.</summary>
    /// <param name="shape">The encoder.</param>
    /// <param name="texts">How many texts of each mix: fewer for a large encoder.</param>
    /// <param name="rounds">How often each way is measured.</param>
    /// <param name="output">Where to.</param>
    public static void Run(EncoderShape shape, int texts, int rounds, TextWriter output)
    {
        using var file = new MemoryStream();
        AlbertGraph.Write(
            file, shape, BenchmarkShapes.Heads, new FormulaWeights(shape, BenchmarkShapes.Heads, 0.0625).Read);
        output.WriteLine($"hidden {shape.HiddenSize}, layers {shape.Layers}, {texts} texts, real tokens per CPU second, "
            + $"{Environment.ProcessorCount} cores");
        output.WriteLine("| texts | threads | tokens | padding | one padded batch | sorted, chunks of 8 | no padding | gain |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var threads in (int[])[1, 2])
        {
            using var session = Session(file.ToArray(), threads, spinning: false);
            foreach (var mix in LengthMix.All)
            {
                Compare(session, mix, mix.Draw(texts), threads, rounds, output);
            }
        }

        output.WriteLine();
        output.WriteLine($"| no padding, 1 thread, tokens per CPU second with at most | {string.Join(" | ", TokenBudgets)} tokens a pass |");
        output.WriteLine("|---|" + string.Concat(TokenBudgets.Select(_ => "---:|")));
        using (var session = Session(file.ToArray(), 1, spinning: false))
        {
            foreach (var mix in LengthMix.All)
            {
                CompareBudgets(session, mix, mix.Draw(texts), rounds, output);
            }
        }

        output.WriteLine();
        output.WriteLine("| spinning, 2 threads, a pass of 8 comments every 50 ms | ms a pass | CPU seconds a second |");
        output.WriteLine("|---|---:|---:|");
        foreach (var spinning in (bool[])[false, true])
        {
            using var session = Session(file.ToArray(), 2, spinning);
            MeasureSpinning(session, spinning, output);
        }
    }

    private static void Compare(
        InferenceSession session, LengthMix mix, int[] lengths, int threads, int rounds, TextWriter output)
    {
        Pass[][] ways =
        [
            [Pass.Of(lengths, padded: true)],
            [.. lengths.Order().Chunk(8).Select(chunk => Pass.Of(chunk, padded: true))],
            Packed(lengths, PackingBudget.Cpu),
        ];
        var best = TakeTurns(session, ways, lengths.Sum(), rounds);
        var padding = 1 - (lengths.Sum() / (double)(lengths.Length * lengths.Max()));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {mix.Name} | {threads} | {lengths.Sum()} | {padding:P0} | {best[0]:F0} | {best[1]:F0} | {best[2]:F0} | "
            + $"{best[2] / best[0]:F2} / {best[2] / best[1]:F2} |"));
    }

    private static void CompareBudgets(
        InferenceSession session, LengthMix mix, int[] lengths, int rounds, TextWriter output)
    {
        var best = TakeTurns(
            session,
            [.. TokenBudgets.Select(tokens => Packed(lengths, PackingBudget.Cpu with { Tokens = tokens }))],
            lengths.Sum(),
            rounds);
        output.WriteLine($"| {mix.Name} | {string.Join(" | ", best.Select(x => x.ToString("F0", CultureInfo.InvariantCulture)))} |");
    }

    private static Pass[] Packed(int[] lengths, PackingBudget budget) =>
        [.. TokenPacker.Cut(lengths, budget).Select(batch => Pass.Of([.. batch.Select(i => lengths[i])], padded: false))];

    /// <summary>The best tokens per CPU second of each way, over rounds in which they take turns.</summary>
    private static double[] TakeTurns(InferenceSession session, Pass[][] ways, int tokens, int rounds)
    {
        var best = new double[ways.Length];
        for (var round = 0; round <= rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var seconds = Time(session, ways[way]);
                best[way] = Math.Max(best[way], round == 0 ? 0 : tokens / seconds); // round 0 warms up
            }
        }

        Array.ForEach(ways, way => Array.ForEach(way, pass => pass.Dispose()));
        return best;
    }

    /// <summary>A pass every 50 ms, as on a quiet stream: what the waiting in between costs.</summary>
    private static void MeasureSpinning(InferenceSession session, bool spinning, TextWriter output)
    {
        var lengths = LengthMix.All[0].Draw(8);
        using var pass = Pass.Of(lengths, padded: false);
        Time(session, [pass]);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var (watch, cpu, waiting) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, 0.0);
        for (var i = 0; i < 60; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Time(session, [pass]);
            waiting += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            timer.WaitForNextTickAsync().AsTask().Wait();
        }

        var used = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / watch.Elapsed.TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {(spinning ? "on" : "off")} | {waiting / 60:F1} | {used:F2} |"));
    }

    private static double Time(InferenceSession session, Pass[] passes)
    {
        using var options = new RunOptions();
        var before = Environment.CpuUsage.TotalTime;
        foreach (var pass in passes)
        {
            using var outputs = session.Run(
                options, Pass.InputNames, pass.Inputs, [.. BenchmarkShapes.Heads.Select(head => head.Name)]);
        }

        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static InferenceSession Session(byte[] graph, int threads, bool spinning)
    {
        using var options = EncoderSession.Configure(new EncoderOptions { Threads = threads, Spinning = spinning });
        return new InferenceSession(graph, options);
    }
}
