using System.Collections.Immutable;
using System.Diagnostics;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Trainer.Modelling;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Promotion;

/// <summary>
/// Computes a bundle's network in every way there is - torch, the padded graphs of standard and of fused operators, the
/// worker's graph without padding, and that in 8-bit integers - on the same texts, and compares labels and logits with torch's.
/// </summary>
internal sealed class BundleVerification : IDisposable
{
    private readonly ModelBundle _bundle;
    private readonly PreparedText[] _texts;
    private readonly int[][] _ids;
    private readonly int _threads;
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("kbas-verify-");

    /// <param name="bundle">The bundle; its weights must not be 8-bit integers.</param>
    /// <param name="texts">Those that do not fit one window are left out: torch and the padded graph read one.</param>
    /// <param name="threads">Threads of each way.</param>
    public BundleVerification(ModelBundle bundle, IEnumerable<PreparedText> texts, int threads)
    {
        (_bundle, _threads) = (bundle, threads);
        var tokenizer = bundle.Manifest.Tokenizer.Create(bundle.Vocabulary);
        var fitting = texts.Select(text => (Text: text, Ids: IdsOf(tokenizer, text)))
            .Where(text => text.Ids.Length <= bundle.Manifest.MaxLength).ToArray();
        _texts = [.. fitting.Select(text => text.Text)];
        _ids = [.. fitting.Select(text => text.Ids)];
    }

    /// <summary>How many texts are compared.</summary>
    public int Texts => _texts.Length;

    /// <summary>Tokens of all texts, [CLS] and [SEP] included.</summary>
    public long Tokens => _ids.Sum(ids => (long)ids.Length);

    /// <summary>Torch first; each way after it is compared with it.</summary>
    public IEnumerable<GraphAgreement> Compare()
    {
        var (expected, torchSeconds) = Torch();
        yield return new GraphAgreement("torch, one text at a time", 0, 1, Tokens / torchSeconds);

        foreach (var (operators, form) in ((string, GraphForm)[])
            [("standard operators", GraphForm.Padded), ("fused operators", GraphForm.PaddedFused)])
        {
            using var padded = new PaddedGraph(_bundle, form, _threads);
            padded.Logits(_ids[..Math.Min(64, _ids.Length)]);
            var since = Stopwatch.GetTimestamp();
            var logits = padded.Logits(_ids);
            yield return Agreement(
                $"padded, {operators}, batches of 16 by length", expected, logits, Stopwatch.GetElapsedTime(since));
        }

        foreach (var (way, precision) in ((string, GraphPrecision)[])
            [("no padding, float32", GraphPrecision.Full), ("no padding, 8-bit", GraphPrecision.EightBit)])
        {
            using var scorer = TextScorer.Load(
                WriteAs(_temporary.FullName, precision.ToString(), precision), Options(ExecutionProvider.Cpu));
            yield return Run(way, scorer, expected);
        }
    }

    /// <summary>Torch, then the form in float16 for CUDA.</summary>
    /// <param name="provider">Where the form runs.</param>
    /// <exception cref="ProviderUnavailableException">CUDA is asked for and cannot be had.</exception>
    public IEnumerable<GraphAgreement> CompareHalf(ExecutionProvider provider)
    {
        // The session first: nobody should wait for torch to hear that there is no CUDA.
        var folder = WriteAs(_temporary.FullName, nameof(GraphPrecision.Half), GraphPrecision.Half);
        using var scorer = TextScorer.Load(folder, Options(provider));
        var (expected, torchSeconds) = Torch();
        yield return new GraphAgreement("torch, one text at a time", 0, 1, Tokens / torchSeconds);
        yield return Run($"no padding, float16, {provider}", scorer, expected);
    }

    /// <summary>Writes the bundle again in another precision, as version <paramref name="version"/>, and returns its folder.</summary>
    /// <param name="modelFolder">The folder of all versions.</param>
    /// <param name="version">The new version.</param>
    /// <param name="precision">Float16 is written in the form for CUDA.</param>
    /// <param name="remark">Ends the new version's model card.</param>
    public string WriteAs(string modelFolder, string version, GraphPrecision precision, string remark = "")
    {
        var again = BundleDraft.Again(_bundle, version, GoldenExamples.Prepare(new TextPreparer()));
        return BundleWriter.Write(modelFolder, again with
        {
            Precision = precision,
            Form = precision == GraphPrecision.Half ? GraphForm.NoPaddingFused : GraphForm.NoPadding,
            ModelCard = again.ModelCard + remark,
        });
    }

    public void Dispose() => _temporary.Delete(recursive: true);

    private static int[] IdsOf(ITokenizer tokenizer, PreparedText text)
    {
        var tokens = new TokenBuffer();
        tokenizer.Encode(text.ModelInput, tokens);
        return [tokenizer.Vocabulary.StartId, .. tokens.Ids, tokenizer.Vocabulary.SeparatorId];
    }

    private EncoderOptions Options(ExecutionProvider provider) => new() { Provider = provider, Threads = _threads };

    private GraphAgreement Run(string way, TextScorer scorer, float[][][] expected)
    {
        var before = scorer.Totals;
        var logits = scorer.Logits(_texts)
            .Select(text => _bundle.Manifest.Heads.Select((_, head) => text[head].ToArray()).ToArray()).ToArray();
        return Agreement(way, expected, logits, scorer.Totals.Encoding - before.Encoding);
    }

    private (float[][][] Logits, double Seconds) Torch()
    {
        using var model = new BundleModel(_bundle);
        using var noGrad = no_grad();
        var since = Stopwatch.GetTimestamp();
        var logits = _ids.Select(ids =>
        {
            using var scope = NewDisposeScope();
            return model.Forward(TokenBatch.Of([ids])).Select(head => head.data<float>().ToArray()).ToArray();
        }).ToArray();
        return (logits, Stopwatch.GetElapsedTime(since).TotalSeconds);
    }

    private GraphAgreement Agreement(string way, float[][][] expected, float[][][] actual, TimeSpan took)
    {
        var (largest, same) = (0.0, 0);
        for (var text = 0; text < expected.Length; text++)
        {
            var agree = true;
            for (var head = 0; head < expected[text].Length; head++)
            {
                for (var label = 0; label < expected[text][head].Length; label++)
                {
                    // A logit that is no number differs from everything.
                    var difference = Math.Abs(expected[text][head][label] - actual[text][head][label]);
                    largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
                }

                agree &= Chosen(head, expected[text]).SequenceEqual(Chosen(head, actual[text]));
            }

            same += agree ? 1 : 0;
        }

        return new GraphAgreement(way, largest, same / (double)Math.Max(1, expected.Length), Tokens / took.TotalSeconds);
    }

    private ImmutableArray<string> Chosen(int head, float[][] logits) =>
        Calibration.Scores(_bundle.Manifest.Heads[head], logits[head]).Chosen;
}
