using System.Collections.Immutable;

namespace KbAlbertStream.Storage.Writing;

/// <summary>What new texts and new versions do to the mentions.</summary>
/// <param name="Changes">Mentions to store.</param>
/// <param name="Looks">New mentions that the spike detector has to look at, in their order.</param>
/// <param name="Retractions">Mentions that it has to forget.</param>
/// <param name="Counted">Mentions that came to count, texts that were sent again as they were left out.</param>
internal sealed record MentionSettlement(
    ImmutableArray<MentionChange> Changes,
    ImmutableArray<NegativeMention> Looks,
    ImmutableArray<Retraction> Retractions,
    int Counted);
