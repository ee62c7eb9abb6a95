namespace KbAlbertStream.Core.Entities;

/// <summary>One name of an institution: canonical, alias, former or that of a product.</summary>
/// <param name="Text">The name as the dictionary writes it.</param>
/// <param name="Use">Where it is looked for.</param>
/// <param name="ValidFrom">The first day on which the name means this institution (KST); null: since ever.</param>
/// <param name="ValidTo">The last such day; null: until today.</param>
public sealed record InstitutionName(
    string Text, NameUse Use = NameUse.Everywhere, DateOnly? ValidFrom = null, DateOnly? ValidTo = null)
{
    /// <summary>True when the name means the institution on a day.</summary>
    public bool IsValidOn(DateOnly day) => (ValidFrom is null || day >= ValidFrom) && (ValidTo is null || day <= ValidTo);

    internal bool Overlaps(InstitutionName other) =>
        (ValidFrom ?? DateOnly.MinValue) <= (other.ValidTo ?? DateOnly.MaxValue)
        && (other.ValidFrom ?? DateOnly.MinValue) <= (ValidTo ?? DateOnly.MaxValue);
}
