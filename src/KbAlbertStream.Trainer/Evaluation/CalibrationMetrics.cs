namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>How far probabilities can be taken at their word.</summary>
/// <param name="NegativeLogLikelihood">Mean a text (single-label), or a text and label (multi-label).</param>
/// <param name="ExpectedCalibrationError">Over 15 bins.</param>
internal sealed record CalibrationMetrics(double NegativeLogLikelihood, double ExpectedCalibrationError);
