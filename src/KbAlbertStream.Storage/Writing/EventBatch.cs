using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;

namespace KbAlbertStream.Storage.Writing;

/// <summary>What one call writes, all or nothing.</summary>
/// <param name="Events">Scored texts, in the order they were read.</param>
/// <param name="DeadLetters">Records that became no row.</param>
/// <param name="Positions">How far the partitions are worked off once this is written.</param>
public sealed record EventBatch(
    ImmutableArray<ScoredEvent> Events,
    ImmutableArray<DeadLetter> DeadLetters,
    ImmutableArray<PartitionPosition> Positions)
{
    /// <summary>Texts that are taken back.</summary>
    public ImmutableArray<Withdrawal> Withdrawals { get; init; } = [];
}
