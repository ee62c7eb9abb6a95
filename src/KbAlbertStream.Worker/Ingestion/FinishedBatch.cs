namespace KbAlbertStream.Worker.Ingestion;

/// <summary>A batch whose rows are durable.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="IsDisplaced">
/// True when a stored position did not move because it is not what the batch goes on from: its partitions must be
/// positioned anew.
/// </param>
internal sealed record FinishedBatch(RecordBatch Batch, bool IsDisplaced);
