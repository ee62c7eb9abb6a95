namespace KbAlbertStream.Trainer.Training;

/// <summary>Where fine-tuning stands.</summary>
/// <param name="Epochs">Whole epochs done.</param>
/// <param name="Steps">Steps taken.</param>
internal sealed record FineTuningState(int Epochs, long Steps);
