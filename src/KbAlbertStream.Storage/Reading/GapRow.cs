namespace KbAlbertStream.Storage.Reading;

/// <summary>A row of <c>gaps</c>: a range of a partition that was passed over without being read.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="FromOffset">The first offset that was not read.</param>
/// <param name="ToOffset">The offset that reading went on from.</param>
/// <param name="Records">Offsets in between, at least as many as records are missing.</param>
/// <param name="Reason"><c>retention</c>, <c>reset</c> or <c>topic_recreated</c>.</param>
/// <param name="FoundAt">When it was found, by the database's clock.</param>
public sealed record GapRow(
    string Topic, int Partition, long FromOffset, long ToOffset, long Records, string Reason, DateTimeOffset FoundAt);
