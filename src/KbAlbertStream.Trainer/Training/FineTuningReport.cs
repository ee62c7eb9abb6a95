namespace KbAlbertStream.Trainer.Training;

/// <summary>How fine-tuning goes, after a batch.</summary>
internal readonly record struct FineTuningReport(int Epoch, int Batch, int Batches, double Loss);
