using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>How a stored position and the log it meets fit together. Pure.</summary>
internal static class StartRule
{
    /// <summary>
    /// Why the partition must not be read; null when it may. A refusal once stored stays: a log that was lost and grows
    /// again passes the position some day, and would then look like the old one.
    /// </summary>
    public static RefusalReason? RefusalOf(StoredPosition stored, PartitionLog log) =>
        stored.Refused
        ?? (!stored.MayBelongTo(log.TopicId) ? RefusalReason.TopicRecreated
            : stored.NextOffset > log.End ? RefusalReason.BeyondEnd
            : null);

    /// <summary>
    /// True when a log that ends before the position is the same topic for certain: a new leader may not know yet how far
    /// the old one's records were acknowledged, and says an end that is too small until its followers have fetched.
    /// </summary>
    public static bool MayCatchUp(StoredPosition stored, PartitionLog log) =>
        stored.Refused is null && stored.TopicId is not null && stored.TopicId == log.TopicId
        && stored.NextOffset > log.End;

    /// <summary>True when the log begins after the position, so that records were lost unread.</summary>
    public static bool IsOvertaken(StoredPosition stored, PartitionLog log) => stored.NextOffset < log.Start;

    /// <summary>Why a partition that is being read must be positioned anew; null when all is as believed.</summary>
    public static DisplacementReason? DisplacementOf(BelievedPosition believed, StoredPosition? stored, string? topicId) =>
        stored is null ? DisplacementReason.Restored
        : stored.Epoch != believed.Epoch ? DisplacementReason.Reset
        : !stored.MayBelongTo(topicId) || stored.Refused is not null ? DisplacementReason.TopicRecreated
        : stored.NextOffset < believed.Written ? DisplacementReason.Restored
        : null;
}
