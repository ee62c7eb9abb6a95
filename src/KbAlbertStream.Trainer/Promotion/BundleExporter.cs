using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Evaluation;
using KbAlbertStream.Trainer.Modelling;

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
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(modelFolder)));
        var draft = ModelDraft.Of(name, version, model, labels.Version, vocabulary, TrainingDataDigest.Of(data));
        var temporary = Directory.CreateTempSubdirectory("kbas-export-");
        try
        {
            using var scorer = TextScorer.Load(BundleWriter.Write(temporary.FullName, draft), encoder);
            var texts = new EvaluationTexts(data, labels);

            // 3
            var difference = GraphComparison.LargestDifference(scorer, batch => model.Forward(batch), texts.Risk.Texts);
            report($"largest difference of a logit between torch and the exported graph: {difference:E1}");
            if (!(difference <= Tolerance))
            {
                throw new InvalidDataException($"torch and the exported graph differ by {difference:E1}; at most {Tolerance:E0} is allowed");
            }

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
