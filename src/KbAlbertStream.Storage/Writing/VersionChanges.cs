using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Storage.Writing;

/// <summary>What a batch means for the versions of its texts.</summary>
/// <param name="Outdated">Newest versions within the batch that are older than a stored one.</param>
/// <param name="Moved">Versions that take the place of a stored one.</param>
/// <param name="Superseded">The mentions of what they take the place of.</param>
internal sealed record VersionChanges(
    IReadOnlySet<RecordPosition> Outdated,
    ImmutableArray<TextVersion> Moved,
    ImmutableArray<SupersededMention> Superseded)
{
    /// <summary>No text of the batch had been there before.</summary>
    public static readonly VersionChanges None = new(ImmutableHashSet<RecordPosition>.Empty, [], []);
}
