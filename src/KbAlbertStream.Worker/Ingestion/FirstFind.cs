namespace KbAlbertStream.Worker.Ingestion;

/// <summary>What the first thing found in a partition since it was positioned is worth.</summary>
internal enum FirstFind
{
    /// <summary>It is the first that the log has from there on.</summary>
    Sure,

    /// <summary>It lies behind the start: compacted records and markers may explain it, or a client that began elsewhere.</summary>
    Doubtful,

    /// <summary>It lies before the start and is left over from another reading.</summary>
    Stale,
}
