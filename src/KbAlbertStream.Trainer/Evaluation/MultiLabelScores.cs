using System.Collections.Immutable;

namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>How well a multi-label head does at a cut.</summary>
/// <param name="PerLabel">One entry a label.</param>
internal sealed record MultiLabelScores(ImmutableArray<LabelScore> PerLabel)
{
    /// <summary>Mean F1 of the labels, rare ones like frequent ones.</summary>
    public double MacroF1 => PerLabel.Average(score => score.F1);

    /// <summary>All decisions together.</summary>
    public LabelScore Micro => PerLabel.Aggregate((sum, next) => sum + next);

    /// <summary>Counts the decisions <c>probability >= cut</c>.</summary>
    /// <param name="probabilities">(N, K).</param>
    /// <param name="targets">(N, K); at least 0.5 means that the text carries the label.</param>
    /// <param name="cut">One cut for all labels.</param>
    public static MultiLabelScores At(
        IReadOnlyList<float[]> probabilities, IReadOnlyList<float[]> targets, double cut)
    {
        var labels = targets[0].Length;
        var scores = new LabelScore[labels];
        for (var text = 0; text < targets.Count; text++)
        {
            for (var label = 0; label < labels; label++)
            {
                var flagged = probabilities[text][label] >= cut;
                var carried = targets[text][label] >= 0.5f;
                scores[label] += new LabelScore(
                    flagged && carried ? 1 : 0, flagged && !carried ? 1 : 0, !flagged && carried ? 1 : 0);
            }
        }

        return new MultiLabelScores([.. scores]);
    }
}
