namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>Hits, false alarms and misses of one label.</summary>
internal readonly record struct LabelScore(int TruePositives, int FalsePositives, int FalseNegatives)
{
    /// <summary>Share of the flagged texts that carry the label; 0 when none was flagged.</summary>
    public double Precision => Ratio(TruePositives, TruePositives + FalsePositives);

    /// <summary>Share of the texts with the label that were flagged; 0 when none carries it.</summary>
    public double Recall => Ratio(TruePositives, TruePositives + FalseNegatives);

    /// <summary>Harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN); 0 when nothing was flagged or carried.</summary>
    public double F1 => Ratio(2 * TruePositives, (2 * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>The counts of both together.</summary>
    public static LabelScore operator +(LabelScore a, LabelScore b) => new(
        a.TruePositives + b.TruePositives, a.FalsePositives + b.FalsePositives, a.FalseNegatives + b.FalseNegatives);

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
