namespace KbAlbertStream.Demo.Reporting;

/// <summary>What the database holds of a replay at one moment.</summary>
/// <param name="Rows">Published records that became rows.</param>
/// <param name="DeadLetters">Published records that became dead letters.</param>
/// <param name="Missing">Published records that became neither yet, nor withdrew a text: lost, once the worker says that it has passed them.</param>
/// <param name="Unread">Published records that the worker has not passed yet.</param>
/// <param name="MaskedValues">Personal values masked in these rows.</param>
/// <param name="Clock">The latest event time of a row.</param>
/// <param name="OwedLooks">Looks that the detector still owes.</param>
/// <param name="OwedDeliveries">Alerts that somebody has not been told of yet.</param>
/// <param name="EvaluatedUntil">How far the detector has looked, in event time.</param>
internal sealed record Snapshot(
    int Rows,
    int DeadLetters,
    int Missing,
    int Unread,
    long MaskedValues,
    DateTimeOffset? Clock,
    int OwedLooks,
    int OwedDeliveries,
    DateTimeOffset? EvaluatedUntil)
{
    /// <summary>Published records that took a text back.</summary>
    public int Withdrawals { get; init; }

    private static readonly TimeSpan DetectorStep = TimeSpan.FromMinutes(5);

    /// <summary>Before anything was written.</summary>
    public static readonly Snapshot Empty = new(0, 0, 0, 0, 0, null, 0, 0, null);

    /// <summary>
    /// True when the worker has passed every record, the detector has caught up (one that has never looked and owes no
    /// look had nothing to look at) and all alerts are out.
    /// </summary>
    public bool IsSettled => Unread == 0 && OwedLooks == 0 && OwedDeliveries == 0
        && (EvaluatedUntil is not { } until || Clock is not { } clock || until > clock - DetectorStep);
}
