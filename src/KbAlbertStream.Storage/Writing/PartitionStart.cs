namespace KbAlbertStream.Storage.Writing;

/// <summary>What the database knows about the start of a partition.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="NextOffset">Where it starts.</param>
/// <param name="Failures">How many processes ended at work here, and not in order.</param>
/// <param name="IsolatedUntil">Up to here, exclusive, records are taken one by one; null when they are not.</param>
/// <param name="CrashedOffset">The record that ended the process when it was taken alone; null when there is none.</param>
public sealed record PartitionStart(
    string Topic, int Partition, long NextOffset, int Failures, long? IsolatedUntil, long? CrashedOffset);
