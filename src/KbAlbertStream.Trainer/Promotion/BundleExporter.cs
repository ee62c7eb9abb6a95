using KbAlbertStream.Core.Text;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Evaluation;
using KbAlbertStream.Trainer.Modelling;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Promotion;

/// <summary>Turns a trained model into a bundle: calibrated, measured and checked through the bundle itself.</summary>
/// <remarks>
/// 1. Round the weights to what the file stores. 2. Write a draft without calibration. 3. Compare its logits with
/// torch's. 4. Score every evaluation text with it. 5. Fit temperatures and cuts. 6. Make the figures. 7. Write the
/// bundle. 8. Check that the worker's labels from it are the evaluation's. The version is not yet the current one.
/// </remarks>
internal sealed class BundleExporter(string data, LabelSet labels, Vocabulary vocabulary, RiskModel model, EncoderOptions encoder)
{
    /// <summary>The largest difference of a logit between torch and the exported graph.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>Writes version <paramref name="version"/> below <paramref name="modelFolder"/> and returns its figures.</summary>
    /// <exception cref="InvalidDataException">The graph computes something else than torch.</exception>
    public BundleMetrics Export(string modelFolder, string version, string training, Action<string> report)
    {
        // 1
        ExportWeights.Round(model.Weights);

        // 2
        var draft = Draft(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(modelFolder))), version);
        var temporary = Directory.CreateTempSubdirectory("kbas-export-");
        try
        {
            using var scorer = TextScorer.Load(BundleWriter.Write(temporary.FullName, draft), encoder);
            var texts = new EvaluationTexts(data, labels);

            // 3
            report($"largest difference to torch: {Compare(scorer, texts.Risk):E1}");

            // 4, 5, 6
            var logits = BundleLogits.Of(scorer, texts);
            draft = draft with { Heads = [.. HeadFitter.Fit(draft.Heads, texts, logits)] };
            var metrics = BundleEvaluation.Of(draft.Heads, texts, logits);

            // 7
            var parameters = model.Weights.ByName.Values.Sum(weight => weight.numel());
            var folder = BundleWriter.Write(modelFolder, draft with
            {
                Metrics = metrics.ToJson(),
                ModelCard = ModelCard.Write($"{draft.Name}/{version}", model.Encoder.Shape, parameters, metrics, training),
            });

            // 8
            CheckLabels(folder, draft.Heads, texts.Risk, logits.Risk);
            return metrics;
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private BundleDraft Draft(string name, string version) => new()
    {
        Name = name,
        Version = version,
        Vocabulary = vocabulary,
        MaxLength = model.Encoder.Shape.MaxPositions,
        Encoder = ShapeOf(model.Encoder.Shape),
        Heads =
        [
            .. model.Heads.Select(head => new BundleHead
            {
                Name = head.Shape.Name,
                Kind = HeadKind.LabelAttention,
                SingleLabel = !head.Shape.MultiLabel,
                Labels = head.Shape.Labels,
                Thresholds = head.Shape.MultiLabel ? [.. head.Shape.Labels.Select(_ => 0.5f)] : [],
            }),
        ],
        Weights = name => model.Weights.ByName[name].data<float>().ToArray(),
        LabelSetVersion = labels.Version,
        TrainingDataSha256 = TrainingDataDigest.Of(data),
        GoldenTexts = GoldenExamples.Prepare(new TextPreparer()),
        Metrics = "{}",
        ModelCard = "",
    };

    private static EncoderShape ShapeOf(AlbertShape shape) => new()
    {
        VocabularySize = shape.VocabSize,
        EmbeddingSize = shape.EmbeddingSize,
        HiddenSize = shape.HiddenSize,
        Layers = shape.Layers,
        HiddenGroups = shape.Groups,
        InnerLayers = shape.LayersPerGroup,
        AttentionHeads = shape.AttentionHeads,
        IntermediateSize = shape.IntermediateSize,
        MaxPositions = shape.MaxPositions,
        Activation = shape.Activation switch
        {
            "gelu_new" => Activation.GeluTanh,
            "gelu" => Activation.Gelu,
            _ => Activation.Relu,
        },
        LayerNormEpsilon = (float)shape.LayerNormEpsilon,
    };

    private double Compare(TextScorer scorer, EvaluationSet set)
    {
        using var noGrad = no_grad();
        var largest = 0.0;
        foreach (var text in set.Texts)
        {
            var ids = IdsOf(scorer.Tokenizer, text);
            if (ids.Length > model.Encoder.Shape.MaxPositions)
            {
                // Windows are the scorer's own affair; torch reads one.
                continue;
            }

            using var scope = NewDisposeScope();
            var expected = model.Forward(TokenBatch.Of([ids]));
            var actual = scorer.Logits([text])[0];
            for (var head = 0; head < expected.Length; head++)
            {
                var values = expected[head].data<float>().ToArray();
                for (var label = 0; label < values.Length; label++)
                {
                    largest = Math.Max(largest, Math.Abs(values[label] - actual[head][label]));
                }
            }
        }

        return largest <= Tolerance ? largest : throw new InvalidDataException(
            $"the exported graph and torch differ by {largest:E1} in a logit; at most {Tolerance:E0} is allowed");
    }

    private static int[] IdsOf(WordPieceTokenizer tokenizer, PreparedText text)
    {
        var tokens = new TokenBuffer();
        tokenizer.Encode(text.ModelInput, tokens);
        return [tokenizer.Vocabulary.StartId, .. tokens.Ids, tokenizer.Vocabulary.SeparatorId];
    }

    private void CheckLabels(string folder, IReadOnlyList<BundleHead> heads, EvaluationSet set, SetLogits logits)
    {
        using var scorer = TextScorer.Load(folder, encoder);
        var scores = scorer.Score(set.Texts);
        for (var i = 0; i < scores.Length; i++)
        {
            foreach (var (head, index) in ((Core.Scoring.HeadScores, int)[])
                [(scores[i].Reputation, LabelSet.Reputation), (scores[i].Compliance, LabelSet.Compliance)])
            {
                var p = Inference.Scoring.Calibration.Probabilities(heads[index], logits.Heads[index][i]);
                var evaluated = head.Labels.Where((_, label) => p[label] >= heads[index].Thresholds[label]);
                if (!evaluated.SequenceEqual(head.Chosen))
                {
                    throw new InvalidDataException($"text {i}: the worker and the evaluation give other {head.Head} labels");
                }
            }
        }
    }
}
