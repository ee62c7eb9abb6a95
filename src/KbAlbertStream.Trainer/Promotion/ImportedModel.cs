using System.Collections.Immutable;
using System.Globalization;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Trainer.Checkpoints;
using KbAlbertStream.Trainer.Modelling;
using TorchSharp;

namespace KbAlbertStream.Trainer.Promotion;

/// <summary>
/// A fine-tuned classifier of a Hugging Face folder as a bundle: its one head is the worker's sentiment. Weights stay
/// float32, so that the bundle computes what Transformers computes with the folder, to rounding.
/// </summary>
/// <remarks>
/// 1. Read the tokenizer and the model. 2. Check that the labels are a sentiment's. 3. Write the bundle. 4. Compare its
/// logits with torch's. The version is not yet the current one.
/// </remarks>
internal sealed class ImportedModel
{
    /// <summary>The largest difference of a logit between torch and the exported graph.</summary>
    public const double Tolerance = 1e-4;

    private const string Negative = "negative";
    private const int LongestWindow = 512;
    private static readonly string[] Sentiments = [Negative, "neutral", "positive"];

    private readonly string _folder;

    public ImportedModel(string folder) => _folder = folder;

    /// <summary>What a special token written out in a text becomes: text, so that no customer brings one in.</summary>
    public SpecialTokensInText SpecialTokens { get; init; } = SpecialTokensInText.StayText;

    /// <summary>Names for the labels in place of those of id2label, in their order; empty for none.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>The kind of tokenizer, for a folder whose files do not tell; null lets them decide.</summary>
    public TokenizerKind? Tokenizer { get; init; }

    /// <summary>The longest window; null takes what the model can read, at most 512.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Writes version <paramref name="version"/> below <paramref name="modelFolder"/> and returns its folder.</summary>
    /// <exception cref="CheckpointException">The folder holds no model that the worker can use.</exception>
    /// <exception cref="TokenizerException">The folder holds no tokenizer that is known.</exception>
    /// <exception cref="BundleException">The bundle would contradict itself.</exception>
    public string Write(string modelFolder, string version, Action<string> report)
    {
        // 1
        var tokenizer = TokenizerFolder.Read(_folder, Tokenizer);
        using var model = AlbertForSequenceClassification.FromPretrained(_folder);
        foreach (var line in Notes(model.Report!))
        {
            report(line);
        }

        // 2
        var labels = LabelsOf(model.Config);
        if (model.Report!.Initialised.FirstOrDefault(name => name.StartsWith("classifier.", StringComparison.Ordinal)) is { } missing)
        {
            throw new CheckpointException(_folder, $"{missing} is missing: this encoder was not fine-tuned for classification");
        }

        // 3
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(modelFolder)));
        var draft = DraftOf(name, version, model, tokenizer, labels);
        var bundle = BundleWriter.Write(modelFolder, draft);

        // 4
        using var scorer = TextScorer.Load(bundle, new EncoderOptions { Provider = ExecutionProvider.Cpu });
        var difference = GraphComparison.LargestDifference(scorer, batch => [model.Forward(batch)], draft.GoldenTexts);
        report(string.Create(
            CultureInfo.InvariantCulture, $"largest difference of a logit between torch and the bundle: {difference:E1}"));
        return difference <= Tolerance
            ? bundle
            : throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"torch and the bundle differ by {difference:E1}; at most {Tolerance:E0} is allowed"));
    }

    private static IEnumerable<string> Notes(LoadReport report) =>
    [
        .. report.Skipped.Select(name => $"not used: {name}"),
        .. report.MissingFields.Select(field => $"config.json does not say: {field}"),
        .. report.UnknownFields.Select(field => $"not understood in config.json: {field}"),
    ];

    private ImmutableArray<string> LabelsOf(AlbertConfig config)
    {
        if (config.ProblemType is not (null or "single_label_classification"))
        {
            throw new CheckpointException(_folder, $"problem_type is {config.ProblemType}; the worker's sentiment is single_label_classification");
        }

        var labels = Labels.IsEmpty ? config.Labels : Labels;
        if (labels.Length != config.Labels.Length)
        {
            throw new CheckpointException(_folder, $"{labels.Length} names are given for {config.Labels.Length} labels ({string.Join(", ", config.Labels)})");
        }

        return labels.Contains(Negative) && labels.All(Sentiments.Contains)
            ? labels
            : throw new CheckpointException(
                _folder,
                $"the labels are {string.Join(", ", labels)}; the worker's sentiment knows {string.Join(", ", Sentiments)}, and negative it needs: name them with --labels");
    }

    private BundleDraft DraftOf(
        string name, string version, AlbertForSequenceClassification model, TokenizerFolder tokenizer, ImmutableArray<string> labels)
    {
        var shape = ModelDraft.ShapeOf(model.Config.Shape);
        return new BundleDraft
        {
            Name = name,
            Version = version,
            Vocabulary = tokenizer.Vocabulary,
            Tokenizer = tokenizer.Options with { SpecialTokens = SpecialTokens },
            MaxLength = MaxLength
                ?? Math.Min(Math.Min(shape.MaxPositions, LongestWindow), tokenizer.MaxLength ?? LongestWindow),
            Encoder = shape,
            Heads = [new BundleHead { Name = "sentiment", Kind = HeadKind.Pooled, SingleLabel = true, Labels = labels }],
            Weights = weight => model.Weights.ByName[StoredName(weight)].data<float>().ToArray(),
            Precision = GraphPrecision.Full,
            LabelSetVersion = "imported",
            TrainingDataSha256 = new string('0', 64),
            GoldenTexts = GoldenExamples.Prepare(new TextPreparer()),
            Metrics = """{ "note": "imported; nothing was measured" }""" + "\n",
            ModelCard = Card(name, version, model.Config.Shape, labels),
        };
    }

    private static string StoredName(string weight) =>
        weight.Replace("heads.sentiment.", "classifier.", StringComparison.Ordinal);

    private static string Card(string name, string version, AlbertShape shape, IEnumerable<string> labels) =>
        string.Create(CultureInfo.InvariantCulture, $"""
            # {name}/{version}

            Imported from a Hugging Face folder: an ALBERT of {shape.Layers} layers and hidden size {shape.HiddenSize} with one head,
            sentiment ({string.Join(", ", labels)}). Its weights are the folder's, in float32; licence and training data are the
            folder's too and are not known here. Not calibrated, not measured. It gives no reputation and no compliance
            labels: what counts against an institution is the probability of negative alone.

            """);
}
