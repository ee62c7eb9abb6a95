using Confluent.Kafka;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// Where partitions start. Those are absent of which it cannot be said yet: ask again. Throws when nobody can be asked.
/// </summary>
internal delegate Task<IReadOnlyDictionary<TopicPartition, StartPosition>> PositionLookup(
    IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken);
