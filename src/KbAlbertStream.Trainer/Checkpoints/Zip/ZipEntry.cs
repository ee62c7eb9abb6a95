namespace KbAlbertStream.Trainer.Checkpoints.Zip;

/// <summary>Where the bytes of an entry lie in its archive, uncompressed.</summary>
/// <param name="Position">Their first byte.</param>
/// <param name="Length">How many there are.</param>
internal readonly record struct ZipEntry(long Position, long Length);
