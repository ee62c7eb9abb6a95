using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Trainer.Data;

namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>Sets a head's temperature and cut from the logits that the bundle gives on the validation texts.</summary>
internal static class HeadFitter
{
    /// <summary>The part of headlines of other worlds that the reputation cut may flag: half of what is promised.</summary>
    public const double MaxFlagRate = 0.005;

    /// <summary>The heads with temperature and thresholds; everything else stays.</summary>
    public static IEnumerable<BundleHead> Fit(
        IReadOnlyList<BundleHead> heads, EvaluationTexts texts, BundleLogits logits)
    {
        for (var i = 0; i < heads.Count; i++)
        {
            var head = heads[i];
            var targets = texts.Risk.Of(i);
            head = head with
            {
                Temperature = (float)Temperature.Fit(logits.Risk.Heads[i], targets, !head.SingleLabel),
            };
            yield return head.SingleLabel ? head : head with
            {
                Thresholds = [.. Enumerable.Repeat(CutOf(head, i, targets, logits), head.Labels.Length)],
            };
        }
    }

    private static float CutOf(BundleHead head, int index, IReadOnlyList<float[]> targets, BundleLogits logits)
    {
        var probabilities = Probabilities.Of(head, logits.Risk.Heads[index]);
        var elsewhere = Probabilities.Of(head, logits.CutHeadlines.Heads[index]);
        return CutSearch.Best(
            cut => MultiLabelScores.At(probabilities, targets, cut).MacroF1,
            cut => index != LabelSet.Reputation
                || elsewhere.Count(p => p.Max() >= cut) <= MaxFlagRate * elsewhere.Count);
    }
}
