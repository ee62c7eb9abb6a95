using System.Collections.Immutable;

namespace KbAlbertStream.Core.Entities;

/// <summary>An institution of the dictionary.</summary>
/// <param name="Id">Its id: lower-case letters, digits and underscores.</param>
/// <param name="Name">Its canonical name.</param>
/// <param name="Type">One of <see cref="InstitutionTypes.All"/>.</param>
/// <param name="Group">The group it belongs to; null for none.</param>
/// <param name="Ticker">Its six-digit stock code; null when unlisted.</param>
/// <param name="Names">Every name it is known by, the canonical one first.</param>
public sealed record Institution(
    string Id, string Name, string Type, string? Group, string? Ticker, ImmutableArray<InstitutionName> Names)
{
    /// <summary>False for a supervisor or market operator, which a text mentions but does not count against.</summary>
    public bool IsCounted => Type != InstitutionTypes.Regulator;
}
