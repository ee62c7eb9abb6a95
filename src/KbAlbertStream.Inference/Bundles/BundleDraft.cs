using System.Collections.Immutable;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Graphs;

namespace KbAlbertStream.Inference.Bundles;

/// <summary>Everything that a new version of a model is made of. <see cref="BundleWriter"/> turns it into a bundle.</summary>
public sealed record BundleDraft
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The version, a folder's name, for example <c>20261126.1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The vocabulary of the tokenizer.</summary>
    public required Vocabulary Vocabulary { get; init; }

    /// <summary>How texts become ids. The default, cased WordPiece, keeps strangers from bringing in special tokens.</summary>
    public TokenizerOptions Tokenizer { get; init; } = new() { SpecialTokens = SpecialTokensInText.StayText };

    /// <summary>The longest window, with [CLS] and [SEP].</summary>
    public required int MaxLength { get; init; }

    /// <summary>The encoder's sizes.</summary>
    public required EncoderShape Encoder { get; init; }

    /// <summary>The heads, with their calibration.</summary>
    public required ImmutableArray<BundleHead> Heads { get; init; }

    /// <summary>The weights of the encoder and the heads.</summary>
    public required WeightSource Weights { get; init; }

    /// <summary>How the graph stores them.</summary>
    public GraphPrecision Precision { get; init; } = GraphPrecision.HalfStorage;

    /// <summary>How the graph lays a batch out: one of the forms without padding.</summary>
    public GraphForm Form { get; init; } = GraphForm.NoPadding;

    /// <summary>Version of the label set.</summary>
    public required string LabelSetVersion { get; init; }

    /// <summary>SHA-256 of the training data in lower-case hex.</summary>
    public required string TrainingDataSha256 { get; init; }

    /// <summary>Some twenty texts whose logits every machine must reproduce.</summary>
    public required IReadOnlyList<PreparedText> GoldenTexts { get; init; }

    /// <summary>The contents of <c>metrics.json</c>.</summary>
    public required string Metrics { get; init; }

    /// <summary>The contents of <c>MODEL_CARD.md</c>.</summary>
    public required string ModelCard { get; init; }

    /// <summary>A new version of a bundle with the same weights, to be written in another precision or form.</summary>
    /// <param name="bundle">The bundle; its weights must not be 8-bit integers.</param>
    /// <param name="version">The new version.</param>
    /// <param name="goldenTexts">The new version's golden texts.</param>
    /// <exception cref="InvalidDataException">The weights cannot be read back.</exception>
    public static BundleDraft Again(ModelBundle bundle, string version, IReadOnlyList<PreparedText> goldenTexts) => new()
    {
        Name = bundle.Manifest.Name,
        Version = version,
        Vocabulary = bundle.Vocabulary,
        Tokenizer = bundle.Manifest.Tokenizer,
        MaxLength = bundle.Manifest.MaxLength,
        Encoder = bundle.Manifest.Encoder,
        Heads = bundle.Manifest.Heads,
        Weights = bundle.ReadWeights().Read,
        LabelSetVersion = bundle.Manifest.LabelSetVersion,
        TrainingDataSha256 = bundle.Manifest.TrainingDataSha256,
        GoldenTexts = goldenTexts,
        Metrics = File.ReadAllText(Path.Combine(bundle.Folder, BundleNames.Metrics)),
        ModelCard = File.ReadAllText(Path.Combine(bundle.Folder, BundleNames.ModelCard)),
    };
}
