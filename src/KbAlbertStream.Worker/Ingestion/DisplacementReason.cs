namespace KbAlbertStream.Worker.Ingestion;

/// <summary>Why a partition is not read on from where it was read to.</summary>
internal enum DisplacementReason
{
    /// <summary>An operator moved the position.</summary>
    Reset,

    /// <summary>The stored position lies before what was written: the database was restored or failed over.</summary>
    Restored,

    /// <summary>The topic was deleted and created again.</summary>
    TopicRecreated,

    /// <summary>The log does not hold the offset: it begins later or ends before.</summary>
    OutOfRange,

    /// <summary>A batch was written and its position did not move: one of the first two, found first by the writer.</summary>
    NotAdvanced,
}
