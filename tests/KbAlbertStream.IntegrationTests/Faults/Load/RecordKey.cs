namespace KbAlbertStream.IntegrationTests.Faults.Load;

/// <summary>A record of a log: its position, and its timestamp, by which two lives of a topic differ.</summary>
internal readonly record struct RecordKey(string Topic, int Partition, long Offset, long Timestamp)
{
    public override string ToString() => $"{Topic}[{Partition}]@{Offset}";
}
