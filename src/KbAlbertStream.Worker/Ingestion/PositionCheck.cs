using Confluent.Kafka;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// Which of the partitions that are being read no longer stand where the worker believes, each with the reason. Throws
/// when nobody can be asked.
/// </summary>
internal delegate Task<IReadOnlyDictionary<TopicPartition, DisplacementReason>> PositionCheck(
    IReadOnlyCollection<BelievedPosition> believed, CancellationToken cancellationToken);
