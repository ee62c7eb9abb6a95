using System.Diagnostics;
using System.Globalization;
using KbAlbertStream.Benchmarks.Pipeline;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;

namespace KbAlbertStream.Benchmarks.Gpu;

/// <summary>A bundle in float32 and in float16 as the worker loads and runs it, from texts to logits.</summary>
internal sealed class GpuBundle(ExecutionProvider provider, int messages)
{
    /// <summary>Prints a table; false when a logit is too far off.</summary>
    public bool Run(string path, TextWriter output)
    {
        var bundle = ModelBundle.Open(path);
        var half = Directory.CreateTempSubdirectory("kbas-gpu-");
        try
        {
            string[] samples = [.. bundle.Golden.Texts.Select(text => text.Text)];
            string[] texts = [.. Enumerable.Range(0, messages).Select(i => samples[i % samples.Length])];
            var expected = Logits(bundle.Folder, ExecutionProvider.Cpu, samples).Logits;
            var table = new MarkdownTable("bundle", "largest difference of a logit", "messages/s", "load, s");
            var near = Add("fp32", bundle.Folder, 1e-4)
                & Add("fp16", Halve(bundle, half.FullName), GoldenTexts.Float16Tolerance);
            table.Print(output);
            return near;

            bool Add(string name, string folder, double tolerance)
            {
                var (logits, load, rate) = Logits(folder, provider, samples, texts);
                var difference = GpuLogits.LargestDifference(expected, logits);
                table.Add(
                    name, difference.ToString("E1", CultureInfo.InvariantCulture),
                    rate.ToString("N0", CultureInfo.InvariantCulture), load.ToString("F1", CultureInfo.InvariantCulture));
                return difference <= tolerance;
            }
        }
        finally
        {
            half.Delete(recursive: true);
        }
    }

    private static (float[][] Logits, double Load, double Rate) Logits(
        string folder, ExecutionProvider provider, string[] samples, params string[] texts)
    {
        var since = Stopwatch.GetTimestamp();
        using var scorer = TextScorer.Load(folder, new EncoderOptions { Provider = provider });
        var load = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var logits = scorer.Logits(samples).Select(text => scorer.Manifest.Heads.SelectMany((_, head) => text[head].ToArray()));
        float[][] list = [.. logits.Select(text => text.ToArray())];
        scorer.Logits(texts);
        since = Stopwatch.GetTimestamp();
        scorer.Logits(texts);
        return (list, load, texts.Length / Stopwatch.GetElapsedTime(since).TotalSeconds);
    }

    private static string Halve(ModelBundle bundle, string folder)
    {
        PreparedText[] golden = [.. bundle.Golden.Texts.Take(4).Select(text => new TextPreparer().Prepare("", text.Text))];
        return BundleWriter.Write(folder, BundleDraft.Again(bundle, "float16", golden) with
        {
            Precision = GraphPrecision.Half,
            Form = GraphForm.NoPaddingFused,
        });
    }
}
