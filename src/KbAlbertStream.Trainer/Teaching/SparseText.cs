namespace KbAlbertStream.Trainer.Teaching;

/// <summary>A text as a sparse vector of length 1: the features that it has, and their values.</summary>
internal sealed record SparseText(int[] Features, float[] Values);
