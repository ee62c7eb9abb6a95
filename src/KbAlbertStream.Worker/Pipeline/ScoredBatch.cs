using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>A batch after scoring: every record is an event, a withdrawal or rejected.</summary>
/// <param name="Source">The batch as it was read.</param>
/// <param name="Events">The scored events in the order of their records.</param>
/// <param name="Rejects">The others, in the same order.</param>
/// <param name="Positions">The batch's positions, with the latest event time of each partition.</param>
internal sealed record ScoredBatch(
    RecordBatch Source,
    ImmutableArray<ScoredEvent> Events,
    ImmutableArray<RejectedRecord> Rejects,
    ImmutableArray<PartitionPosition> Positions)
{
    /// <summary>The texts that the batch takes back, in the order of their records.</summary>
    public ImmutableArray<Withdrawal> Withdrawals { get; init; } = [];
}
