using System.Collections.Immutable;

namespace KbAlbertStream.Core.Entities;

/// <summary>What a dictionary file says, read but not yet checked as a whole.</summary>
internal sealed record DictionaryFile(
    string Version, ImmutableArray<Institution> Institutions, ImmutableArray<string> NotInstitutions);
