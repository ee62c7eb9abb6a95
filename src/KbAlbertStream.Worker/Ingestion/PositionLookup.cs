using Confluent.Kafka;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// The offsets of the first records not yet written, from the database. Partitions without a stored position are absent.
/// Throws when the database cannot be asked.
/// </summary>
internal delegate Task<IReadOnlyDictionary<TopicPartition, long>> PositionLookup(
    IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken);
