namespace KbAlbertStream.Trainer.Checkpoints.Pickles;

/// <summary>A tensor of a pickle: a view of a storage, not checked yet.</summary>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape, long[] Strides);
