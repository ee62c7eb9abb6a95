using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;

namespace KbAlbertStream.Storage.Writing;

/// <summary>What of a batch was new.</summary>
/// <param name="Inserted">Texts that had no row yet.</param>
/// <param name="Withdrawn">Positions of withdrawals that had no row yet.</param>
/// <param name="Met">Of these the newest versions of texts that were there before, in whatever version.</param>
internal sealed record StagedBatch(
    ImmutableArray<ScoredEvent> Inserted, ImmutableArray<RecordPosition> Withdrawn, ImmutableArray<TextVersion> Met)
{
    /// <summary>A batch without texts and withdrawals.</summary>
    public static readonly StagedBatch Empty = new([], [], []);
}
