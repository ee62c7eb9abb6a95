using System.Collections.Immutable;
using KbAlbertStream.Core.Scoring;

namespace KbAlbertStream.Storage.Writing;

/// <summary>What of a batch was new.</summary>
/// <param name="Inserted">Texts that had no row yet.</param>
/// <param name="Withdrawals">How many withdrawals had no row yet.</param>
/// <param name="Met">Newest versions of texts that were there before, in whatever version.</param>
internal sealed record StagedBatch(
    ImmutableArray<ScoredEvent> Inserted, int Withdrawals, ImmutableArray<TextVersion> Met)
{
    /// <summary>A batch without texts and withdrawals.</summary>
    public static readonly StagedBatch Empty = new([], 0, []);
}
