namespace KbAlbertStream.Core.Messages;

/// <summary>How far a partition has been worked off, as stored with the rows it belongs to.</summary>
/// <param name="Kind">News or complaint.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="NextOffset">The offset of the first record not yet written.</param>
/// <param name="EndOffset">The end of the log when the batch was cut (the high watermark); null when unknown.</param>
/// <param name="MaxOccurredAt">The latest event time among the batch's rows; null when it had none.</param>
public sealed record PartitionPosition(
    MessageKind Kind, string Topic, int Partition, long NextOffset, long? EndOffset, DateTimeOffset? MaxOccurredAt);
