using System.Globalization;
using KbAlbertStream.Core.Entities;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Demo.Samples;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>CPU time of what happens to a message before it is scored, step by step, in a warm process.</summary>
internal static class PrepareBenchmark
{
    private const int Rounds = 6;

    /// <summary>Prints the best of six rounds.</summary>
    public static void Run(int messages, TextWriter output)
    {
        var now = TimeProvider.System.GetUtcNow();
        var all = SampleMessages.Take(messages, now).ToArray();
        var parser = new MessageParser(new MessageLimits());
        var preparer = new TextPreparer(new TextOptions { HashKey = "a key for benchmarks, not a secret" });
        var linker = new InstitutionLinker(InstitutionDictionary.Load(SampleFolder.Shipped.Dictionary));
        var best = new SortedDictionary<string, double>();
        for (var round = 0; round < Rounds; round++)
        {
            var parsed = Timed("1 parse", () => all.Select(m => parser.Parse(m.Kind, m.Value, now)).ToArray());
            var prepared = Timed("2 normalise, mask, fingerprint", () => parsed.Select(p => preparer.Prepare(p.Message!)).ToArray());
            Timed("3 link institutions", () => prepared.Select(p => linker.Link(p, "dodam_bank")).ToArray());
        }

        var table = new MarkdownTable("step, warm, one thread", "CPU µs a message");
        foreach (var (step, seconds) in best)
        {
            table.Add(step, (1e6 * seconds / messages).ToString("F1", CultureInfo.InvariantCulture));
        }

        table.Print(output);

        T Timed<T>(string step, Func<T> work)
        {
            var before = Environment.CpuUsage.TotalTime;
            var result = work();
            var took = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            best[step] = Math.Min(best.GetValueOrDefault(step, double.MaxValue), took);
            return result;
        }
    }
}
