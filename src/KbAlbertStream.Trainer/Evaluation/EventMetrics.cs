namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>Whether a headline reports an event at all: flagged when any reputation label reaches the cut.</summary>
internal sealed record EventMetrics(int Texts, int Events, int Flagged, double Precision, double Recall, double F1)
{
    /// <summary>The figures of counts.</summary>
    public static EventMetrics Of(int texts, LabelScore score) => new(
        texts,
        score.TruePositives + score.FalseNegatives,
        score.TruePositives + score.FalsePositives,
        score.Precision,
        score.Recall,
        score.F1);
}
