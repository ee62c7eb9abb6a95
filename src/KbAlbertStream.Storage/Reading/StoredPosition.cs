using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.Storage.Reading;

/// <summary>A row of <c>partition_progress</c>.</summary>
/// <param name="Kind">News or complaint.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="NextOffset">The offset of the first record not yet written.</param>
/// <param name="EndOffset">The end of the log when it was last seen; null when unknown.</param>
/// <param name="MaxOccurredAt">The latest event time written; null when nothing was.</param>
/// <param name="Epoch">Counts the decisions of operators.</param>
/// <param name="TopicId">Kafka's id of the topic that the position belongs to; null when unknown.</param>
/// <param name="Refused">Why it is not read; null when it is.</param>
/// <param name="UpdatedAt">When it last moved, by the database's clock.</param>
public sealed record StoredPosition(
    MessageKind Kind,
    string Topic,
    int Partition,
    long NextOffset,
    long? EndOffset,
    DateTimeOffset? MaxOccurredAt,
    int Epoch,
    string? TopicId,
    RefusalReason? Refused,
    DateTimeOffset UpdatedAt)
{
    /// <summary>False when the position belongs to another topic for certain.</summary>
    public bool MayBelongTo(string? topicId) => TopicId is null || topicId is null || TopicId == topicId;
}
