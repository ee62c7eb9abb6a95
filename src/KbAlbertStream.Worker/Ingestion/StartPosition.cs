using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>Where a partition is read from, or why it is not read.</summary>
/// <param name="Offset">The first record to read.</param>
/// <param name="Epoch">The epoch of the stored position; batches carry it.</param>
/// <param name="Refusal">Why the partition is not read; null when it is.</param>
internal readonly record struct StartPosition(long Offset, int Epoch, RefusalReason? Refusal = null);
