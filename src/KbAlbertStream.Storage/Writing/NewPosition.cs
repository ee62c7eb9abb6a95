using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Storage.Writing;

/// <summary>A partition as its registration notes it.</summary>
/// <param name="Kind">News or complaint.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="NextOffset">Where reading starts.</param>
/// <param name="EndOffset">The end of the log.</param>
/// <param name="TopicId">Kafka's id of the topic; null when unknown.</param>
public sealed record NewPosition(
    MessageKind Kind, string Topic, int Partition, long NextOffset, long EndOffset, string? TopicId);
