using System.Diagnostics;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Bundles;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KbAlbertStream.Inference.Scoring;

/// <summary>
/// Scores texts with a model bundle. The same text gets the same scores whatever stands beside it in the list (to 1e-4).
/// Safe for concurrent use; passes wait for each other, because each takes every thread of the session.
/// </summary>
/// <remarks>
/// 1. Tokenise, and cut long texts into overlapping windows. 2. Pack windows into passes within the budget. 3. Run the
/// encoder and its heads. 4. Make one text's logits from its windows; a logit that is not finite is an exception.
/// 5. Calibrate, apply thresholds, cut out the evidence (see <see cref="Evidence"/>).
/// </remarks>
public sealed class TextScorer : IDisposable
{
    private readonly Lock _pass = new();
    private readonly EncoderSession _session;
    private readonly WindowedTexts _texts;
    private readonly WindowEncoder _encoder;
    private readonly RiskHeads _risk;
    private readonly LongTexts _longTexts;
    private long _scored;
    private TimeSpan _tokenising;
    private TimeSpan _encoding;

    internal TextScorer(
        BundleManifest manifest, Vocabulary vocabulary, byte[] graph, string folder, EncoderOptions options, ILogger logger)
    {
        Manifest = manifest;
        Tokenizer = manifest.Tokenizer.Create(vocabulary);
        _risk = new RiskHeads(manifest, folder);
        _longTexts = options.LongTexts;
        _texts = new WindowedTexts(Tokenizer, manifest.MaxLength);
        _session = new EncoderSession(graph, [.. manifest.Heads.Select(head => head.InGraph)], options, logger);
        _encoder = new WindowEncoder(
            _session, vocabulary, options.BudgetOn(_session.Provider), [.. manifest.Heads.Select(Calibration.Cuts)]);
    }

    /// <summary>The bundle's manifest.</summary>
    public BundleManifest Manifest { get; }

    /// <summary>The tokenizer that the model reads with.</summary>
    public ITokenizer Tokenizer { get; }

    /// <summary>What the encoder runs on: never <see cref="ExecutionProvider.Auto"/>.</summary>
    public ExecutionProvider Provider => _session.Provider;

    /// <summary>What was done so far.</summary>
    public ScoringTotals Totals
    {
        get
        {
            lock (_pass)
            {
                return _encoder.Totals with { Texts = _scored, Tokenising = _tokenising, Encoding = _encoding };
            }
        }
    }

    /// <summary>
    /// Loads a bundle: checks every file's hash, starts the session, reproduces the bundle's golden logits on this
    /// machine, and warms up.
    /// </summary>
    /// <param name="path">A model's folder, of which the current version is taken, or a version's folder.</param>
    /// <param name="options">Provider, threads, budget.</param>
    /// <param name="logger">Told once when <c>auto</c> falls back to the CPU.</param>
    /// <exception cref="BundleException">The bundle is damaged, or it computes something else here.</exception>
    /// <exception cref="ProviderUnavailableException">CUDA is demanded and cannot be had.</exception>
    public static TextScorer Load(string path, EncoderOptions options, ILogger? logger = null)
    {
        var bundle = ModelBundle.Open(path);
        var scorer = new TextScorer(
            bundle.Manifest, bundle.Vocabulary, bundle.Graph, bundle.Folder, options, logger ?? NullLogger.Instance);
        try
        {
            GoldenCheck.Run(scorer, bundle);
            scorer._session.WarmUp(bundle.Manifest.MaxLength);
            return scorer;
        }
        catch
        {
            scorer.Dispose();
            throw;
        }
    }

    /// <summary>The scores of texts, in their order.</summary>
    public RiskScores[] Score(IReadOnlyList<PreparedText> texts) => _risk.Score(texts, Logits(texts), Logits);

    /// <summary>The logits of texts, in their order: what the trainer calibrates and evaluates with.</summary>
    public TextLogits[] Logits(IReadOnlyList<PreparedText> texts) => Logits([.. texts.Select(text => text.ModelInput)]);

    internal TextLogits[] Logits(string[] inputs) => Logits(inputs, _longTexts);

    internal TextLogits[] Logits(string[] inputs, LongTexts longTexts)
    {
        lock (_pass)
        {
            var started = Stopwatch.GetTimestamp();
            _texts.Read(inputs, longTexts);
            var tokenised = Stopwatch.GetTimestamp();
            _encoder.Run(_texts);
            _tokenising += Stopwatch.GetElapsedTime(started, tokenised);
            _encoding += Stopwatch.GetElapsedTime(tokenised);
            _scored += inputs.Length;
            return [.. inputs.Select((_, text) => WindowAggregation.Of(_texts, text, _encoder, Manifest.Heads))];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
