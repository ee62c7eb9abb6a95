namespace KbAlbertStream.Trainer.Data;

/// <summary>A place in a stream of batches.</summary>
internal readonly record struct BatchPlace(int Epoch, int Index);
