namespace KbAlbertStream.Trainer.Checkpoints.Pickles;

/// <summary>A storage that a pickle refers to; its bytes lie elsewhere in the file.</summary>
/// <param name="Type">How its values are written.</param>
/// <param name="Key">Its name in the file.</param>
/// <param name="Count">How many values it is said to hold.</param>
internal sealed record PickleStorage(ElementType Type, string Key, long Count);
