namespace KbAlbertStream.Core.Messages;

/// <summary>How far a partition has been worked off, as stored with the rows it belongs to.</summary>
/// <param name="Kind">News or complaint.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="NextOffset">The offset of the first record not yet written.</param>
/// <param name="EndOffset">The end of the log when the batch was cut (the high watermark); null when unknown.</param>
/// <param name="MaxOccurredAt">The latest event time among the batch's rows; null when it had none.</param>
/// <param name="FromOffset">
/// The position that the batch goes on from, which is not always the offset of its first record: compacted records and
/// transaction markers lie between. The stored position moves only where it is here or further already. Null asks for
/// nothing: the position is made where there is none.
/// </param>
/// <param name="Epoch">The epoch of the position that the batch goes on from; the stored one must be the same.</param>
public sealed record PartitionPosition(
    MessageKind Kind,
    string Topic,
    int Partition,
    long NextOffset,
    long? EndOffset,
    DateTimeOffset? MaxOccurredAt,
    long? FromOffset = null,
    int Epoch = 0);
