using Confluent.Kafka;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>What a worker believes about a partition that it reads.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Epoch">The epoch of its position.</param>
/// <param name="Written">Up to where it is written; null while something of it is in flight.</param>
internal readonly record struct BelievedPosition(TopicPartition Partition, int Epoch, long? Written);
