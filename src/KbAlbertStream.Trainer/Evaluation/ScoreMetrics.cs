namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>Precision, recall and F1, and how many texts carry the label.</summary>
internal sealed record ScoreMetrics(double Precision, double Recall, double F1, int Support)
{
    /// <summary>The figures of counts.</summary>
    public static ScoreMetrics Of(LabelScore score) =>
        new(score.Precision, score.Recall, score.F1, score.TruePositives + score.FalseNegatives);
}
