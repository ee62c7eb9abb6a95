using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace KbAlbertStream.Core.Entities;

/// <summary>
/// The institutions that texts are linked to, read from a JSON file that a user may replace. Immutable, and valid by
/// construction: ids and names are unique (a name may pass from one institution to another by date).
/// </summary>
/// <remarks>
/// File form: <c>{"version":"…","institutions":[{"id","name","type","group"?,"ticker"?,"aliases"?,"former_names"?,
/// "products"?,"field_only"?,"valid_from"?,"valid_to"?}],"not_institutions"?:[…]}</c>. A name in a list is a string or
/// <c>{"name","valid_from"?,"valid_to"?}</c> with dates <c>yyyy-MM-dd</c>. <c>field_only</c> names are accepted in the
/// institution field of a complaint and never looked for in a text. <c>not_institutions</c> are names (affiliates
/// without an id, foreign namesakes) that link nothing though they begin like one that does.
/// </remarks>
#pragma warning disable CA1711 // A dictionary in the sense of the field (a gazetteer), not of the collection.
public sealed class InstitutionDictionary
#pragma warning restore CA1711
{
    private readonly FrozenDictionary<string, Institution> _byId;
    private readonly FrozenDictionary<string, ImmutableArray<(Institution Institution, InstitutionName Name)>> _byName;

    internal InstitutionDictionary(
        string version, ImmutableArray<Institution> institutions, ImmutableArray<string> notInstitutions)
    {
        Version = version;
        Institutions = institutions;
        NotInstitutions = notInstitutions;
        _byId = institutions.ToFrozenDictionary(institution => institution.Id, StringComparer.Ordinal);
        _byName = institutions
            .SelectMany(institution => institution.Names, (institution, name) => (institution, name))
            .GroupBy(pair => NameNormalizer.Normalize(pair.name.Text), StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>The file's own version and the first 12 hex digits of its SHA-256: another content, another version.</summary>
    public string Version { get; }

    /// <summary>The institutions in the order of the file.</summary>
    public ImmutableArray<Institution> Institutions { get; }

    /// <summary>Names that link nothing.</summary>
    public ImmutableArray<string> NotInstitutions { get; }

    /// <summary>The path of the dictionary of Korean institutions that is shipped beside the assembly.</summary>
    public static string ShippedPath => Path.Combine(AppContext.BaseDirectory, "institutions.json");

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDictionaryException">It is no valid dictionary; the exception lists every error.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static InstitutionDictionary Load(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads the content of a file; <paramref name="source"/> names it in errors.</summary>
    /// <exception cref="InvalidDictionaryException">It is no valid dictionary; the exception lists every error.</exception>
    public static InstitutionDictionary Parse(ReadOnlyMemory<byte> json, string source = "dictionary")
    {
        var file = DictionaryReader.Read(json, out var errors);
        errors.AddRange(DictionaryRules.Check(file));
        if (errors.Count > 0)
        {
            throw new InvalidDictionaryException(source, [.. errors]);
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(json.Span))[..12];
        return new InstitutionDictionary($"{file.Version}+{hash}", file.Institutions, file.NotInstitutions);
    }

    /// <summary>The institution of an id; null when there is none.</summary>
    public Institution? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// The id meant by the institution field of a complaint: an id, or exactly a name of one (any width and case). A
    /// name that has belonged to several is read on the day of <paramref name="at"/>, without one as today's.
    /// Supervisors are not found: a complaint is not counted against them.
    /// </summary>
    public string? Resolve(string name, DateTimeOffset? at = null)
    {
        var trimmed = name.Trim();
        if (_byId.TryGetValue(trimmed, out var institution))
        {
            return institution.IsCounted ? institution.Id : null;
        }

        return _byName.TryGetValue(NameNormalizer.Normalize(trimmed), out var candidates)
            ? Choose(candidates, at)?.Id
            : null;
    }

    private static Institution? Choose(
        ImmutableArray<(Institution Institution, InstitutionName Name)> candidates, DateTimeOffset? at)
    {
        // A former name that no one else has taken still means its owner when a customer writes it today.
        var owners = candidates.Length == 1
            ? candidates
            : candidates.Where(candidate => candidate.Name.IsValidOn(NameDay.Of(at))).ToImmutableArray();
        return owners.IsEmpty || !owners[0].Institution.IsCounted ? null : owners[0].Institution;
    }
}
