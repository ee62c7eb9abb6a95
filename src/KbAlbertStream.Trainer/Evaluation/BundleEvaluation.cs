using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Trainer.Data;

namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>Makes the figures of a bundle from its logits and its calibration.</summary>
internal static class BundleEvaluation
{
    /// <summary>All figures.</summary>
    public static BundleMetrics Of(IReadOnlyList<BundleHead> heads, EvaluationTexts texts, BundleLogits logits)
    {
        var byHead = new SortedDictionary<string, HeadMetrics>(StringComparer.Ordinal);
        for (var i = 0; i < heads.Count; i++)
        {
            byHead.Add(heads[i].Name, HeadOf(heads[i], logits.Risk.Heads[i], texts.Risk.Of(i)));
        }

        var reputation = heads[LabelSet.Reputation];
        var cut = reputation.Thresholds[0];
        var events = EventScore.At(
            Probabilities.Of(reputation, logits.Headlines.Heads[LabelSet.Reputation]),
            texts.Headlines.Of(LabelSet.Reputation),
            cut);
        var flagged = Probabilities.Of(reputation, logits.OtherHeadlines.Heads[LabelSet.Reputation]).Count(p => p.Max() >= cut);
        return new BundleMetrics(
            byHead,
            NsmcOf(heads[LabelSet.Sentiment], texts, logits),
            EventMetrics.Of(texts.Headlines.Texts.Length, events),
            new FlagMetrics(texts.OtherHeadlines.Texts.Length, flagged, (double)flagged / texts.OtherHeadlines.Texts.Length));
    }

    private static HeadMetrics HeadOf(BundleHead head, IReadOnlyList<float[]> logits, IReadOnlyList<float[]> targets)
    {
        var probabilities = Probabilities.Of(head, logits);
        var metrics = new HeadMetrics(
            targets.Count,
            head.Temperature,
            CalibrationOf(head with { Temperature = 1 }, logits, targets),
            CalibrationOf(head, logits, targets));
        if (head.SingleLabel)
        {
            var right = probabilities.Zip(targets).Count(pair => pair.Second[Array.IndexOf(pair.First, pair.First.Max())] == 1);
            return metrics with { Accuracy = (double)right / targets.Count };
        }

        var scores = MultiLabelScores.At(probabilities, targets, head.Thresholds[0]);
        return metrics with
        {
            Cut = head.Thresholds[0],
            MacroF1 = scores.MacroF1,
            Micro = ScoreMetrics.Of(scores.Micro),
            Labels = head.Labels.Zip(scores.PerLabel).ToDictionary(pair => pair.First, pair => ScoreMetrics.Of(pair.Second)),
        };
    }

    private static CalibrationMetrics CalibrationOf(
        BundleHead head, IReadOnlyList<float[]> logits, IReadOnlyList<float[]> targets) => new(
        Calibration.NegativeLogLikelihood(logits, targets, !head.SingleLabel, head.Temperature),
        Calibration.ExpectedError(Probabilities.Of(head, logits), targets, !head.SingleLabel));

    private static NsmcMetrics NsmcOf(BundleHead head, EvaluationTexts texts, BundleLogits logits)
    {
        static (double[] Shares, bool[] Positive) Of(BundleHead head, SetLogits logits, EvaluationSet set) => (
            [.. Probabilities.Of(head, logits.Heads[LabelSet.Sentiment]).Select(p => BinaryTone.PositiveShare(p))],
            [.. set.Of(LabelSet.Sentiment).Select(target => target[^1] == 1)]);

        var valid = Of(head, logits.ReviewsForCut, texts.ReviewsForCut);
        var test = Of(head, logits.Reviews, texts.Reviews);
        var tuned = CutSearch.Best(cut => BinaryTone.Accuracy(valid.Shares, valid.Positive, cut).Balanced);
        NsmcAccuracy At(double cut)
        {
            var (accuracy, balanced) = BinaryTone.Accuracy(test.Shares, test.Positive, cut);
            return new NsmcAccuracy(cut, accuracy, balanced);
        }

        return new NsmcMetrics(test.Shares.Length, At(0.5), At(tuned));
    }
}
