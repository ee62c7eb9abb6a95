namespace KbAlbertStream.Worker.Ingestion;

/// <summary>A partition's log as the brokers describe it.</summary>
/// <param name="Start">The offset of the first record that is still there.</param>
/// <param name="End">The offset of the next record.</param>
/// <param name="TopicId">Kafka's id of the topic; null where the broker has none.</param>
internal readonly record struct PartitionLog(long Start, long End, string? TopicId);
