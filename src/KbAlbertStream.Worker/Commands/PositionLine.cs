using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Worker.Commands;

/// <summary>What <c>positions</c> says about a partition. Null is what is not known.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Position">The first record not yet written.</param>
/// <param name="LogStart">The first record that is still there.</param>
/// <param name="LogEnd">The offset of the next record.</param>
/// <param name="Lag">Records that are there and not written.</param>
/// <param name="Epoch">How often an operator has moved the position.</param>
/// <param name="State">
/// <c>ok</c>; <c>new</c>, nothing was read yet; <c>refused</c>, see <paramref name="Reason"/>; <c>gap</c>, the log begins
/// after the position; <c>missing</c>, there is no such partition.
/// </param>
/// <param name="Reason">Why it is refused.</param>
/// <param name="Committed">What the group has committed to Kafka.</param>
/// <param name="Updated">When the position last moved, by the database's clock.</param>
internal sealed record PositionLine(
    string Topic,
    int Partition,
    long? Position,
    long? LogStart,
    long? LogEnd,
    long? Lag,
    int? Epoch,
    string State,
    string? Reason,
    long? Committed,
    DateTimeOffset? Updated)
{
    /// <summary>Puts together what the servers know.</summary>
    public static PositionLine Of(
        string topic, int partition, StoredPosition? stored, PartitionLog? log, long? committed)
    {
        var refusal = stored is null || log is not { } known ? stored?.Refused : StartRule.RefusalOf(stored, known);
        var state = refusal is not null ? "refused"
            : log is not { } found ? "missing"
            : stored is null ? "new"
            : StartRule.IsOvertaken(stored, found) ? "gap"
            : "ok";
        return new PositionLine(
            topic,
            partition,
            stored?.NextOffset,
            log?.Start,
            log?.End,
            log is { } there && refusal is null ? there.End - Math.Max(stored?.NextOffset ?? there.Start, there.Start) : null,
            stored?.Epoch,
            state,
            refusal?.ToWireName(),
            committed,
            stored?.UpdatedAt);
    }
}
