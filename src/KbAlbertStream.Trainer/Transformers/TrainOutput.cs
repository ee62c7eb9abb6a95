namespace KbAlbertStream.Trainer.Transformers;

/// <summary>How a training ended.</summary>
/// <param name="GlobalStep">Steps done.</param>
/// <param name="TrainingLoss">The mean loss of all steps.</param>
public sealed record TrainOutput(int GlobalStep, double TrainingLoss);
