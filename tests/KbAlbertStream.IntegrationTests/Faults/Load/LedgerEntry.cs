namespace KbAlbertStream.IntegrationTests.Faults.Load;

/// <summary>A record that the broker has acknowledged.</summary>
/// <param name="Number">Its place among all that was sent.</param>
/// <param name="Life">Which life of the topic it was written to: a topic that is made again begins another.</param>
/// <param name="Topic">Topic.</param>
/// <param name="Partition">Partition.</param>
/// <param name="Offset">Offset.</param>
/// <param name="Timestamp">The record's timestamp, which is its event time too: milliseconds since 1970.</param>
/// <param name="Id">The message's id, no other has it; of poison the key.</param>
/// <param name="IsGood">False for poison: it must become a dead letter.</param>
internal sealed record LedgerEntry(
    int Number, int Life, string Topic, int Partition, long Offset, long Timestamp, string Id, bool IsGood)
{
    /// <summary>What a row must agree with: where the record stands and which one it is.</summary>
    public RecordKey Key => new(Topic, Partition, Offset, Timestamp);
}
