namespace KbAlbertStream.Trainer.Transformers;

/// <summary>A line of a training's log.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Loss">The mean loss of the steps since the line before.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
/// <param name="GradientNorm">The gradients' norm of the last step before they were scaled down.</param>
public sealed record TrainingLogEntry(int Step, double Epoch, double Loss, double LearningRate, double GradientNorm);
