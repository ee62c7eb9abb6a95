namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>The figures of one head.</summary>
/// <param name="Texts">How many texts were scored.</param>
/// <param name="Temperature">What logits are divided by.</param>
/// <param name="Before">Calibration without temperature.</param>
/// <param name="After">Calibration with it.</param>
internal sealed record HeadMetrics(int Texts, double Temperature, CalibrationMetrics Before, CalibrationMetrics After)
{
    /// <summary>Single-label: share of the texts with the right label.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Multi-label: the probability from which a label counts.</summary>
    public double? Cut { get; init; }

    /// <summary>Multi-label: mean F1 of the labels.</summary>
    public double? MacroF1 { get; init; }

    /// <summary>Multi-label: all decisions together.</summary>
    public ScoreMetrics? Micro { get; init; }

    /// <summary>Multi-label: every label.</summary>
    public IReadOnlyDictionary<string, ScoreMetrics>? Labels { get; init; }
}
