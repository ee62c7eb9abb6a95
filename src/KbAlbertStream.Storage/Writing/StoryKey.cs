using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Storage.Writing;

/// <summary>What the exact copies of one story about one institution share.</summary>
/// <param name="Kind">News or complaint.</param>
/// <param name="InstitutionId">The institution.</param>
/// <param name="StoryHash">The story.</param>
/// <param name="CustomerRef">The complaining customer; empty for news, where copies come from many publishers.</param>
internal readonly record struct StoryKey(MessageKind Kind, string InstitutionId, string StoryHash, string CustomerRef);
