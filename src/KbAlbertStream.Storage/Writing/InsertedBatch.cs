using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;

namespace KbAlbertStream.Storage.Writing;

/// <summary>What of a batch was new.</summary>
/// <param name="Inserted">Texts that had no row yet.</param>
/// <param name="Withdrawals">Withdrawals that had no row yet.</param>
/// <param name="Newest">Of these the newest version of each text.</param>
/// <param name="Met">Of the newest those of texts that were there before, in whatever version.</param>
internal sealed record InsertedBatch(
    ImmutableArray<ScoredEvent> Inserted,
    ImmutableArray<Withdrawal> Withdrawals,
    ImmutableArray<TextVersion> Newest,
    ImmutableArray<TextVersion> Met)
{
    /// <summary>A batch without texts and withdrawals.</summary>
    public static readonly InsertedBatch Empty = new([], [], [], []);
}
