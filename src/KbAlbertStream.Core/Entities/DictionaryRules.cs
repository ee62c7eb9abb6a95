using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Entities;

/// <summary>What must hold over a whole dictionary, beyond the form of its entries.</summary>
internal static partial class DictionaryRules
{
    private const int LongestName = 60;

    public static IEnumerable<string> Check(DictionaryFile file) =>
        [.. Entries(file), .. UniqueIds(file), .. UniqueNames(file)];

    private static IEnumerable<string> Entries(DictionaryFile file)
    {
        if (file.Institutions.IsEmpty)
        {
            yield return "institutions: at least one is needed";
        }

        foreach (var institution in file.Institutions)
        {
            if (!IdForm().IsMatch(institution.Id))
            {
                yield return $"{institution.Id}: an id is 1 to 40 of a-z, 0-9 and _, beginning with a letter";
            }

            if (!InstitutionTypes.All.Contains(institution.Type))
            {
                yield return $"{institution.Id}: unknown type '{institution.Type}'";
            }

            if (institution.Ticker is { } ticker && !TickerForm().IsMatch(ticker))
            {
                yield return $"{institution.Id}: a ticker is six digits or capitals, not '{ticker}'";
            }

            foreach (var name in institution.Names)
            {
                if (name.Text.Length > LongestName || NameNormalizer.Syllables(name.Text) == 0)
                {
                    yield return $"{institution.Id}: '{name.Text}' has no letter or more than {LongestName} characters";
                }

                if (name.ValidFrom > name.ValidTo)
                {
                    yield return $"{institution.Id}: '{name.Text}' ends before it begins";
                }
            }
        }
    }

    private static IEnumerable<string> UniqueIds(DictionaryFile file) =>
        file.Institutions.CountBy(institution => institution.Id).Where(pair => pair.Value > 1)
            .Select(pair => $"{pair.Key}: {pair.Value} institutions have this id");

    /// <summary>One name, one meaning on any day; a name that links nothing cannot be a name that links.</summary>
    private static IEnumerable<string> UniqueNames(DictionaryFile file)
    {
        var seen = file.NotInstitutions.Select(NameNormalizer.Normalize).ToHashSet(StringComparer.Ordinal);
        var owners = new Dictionary<string, List<(string Id, InstitutionName Name)>>(StringComparer.Ordinal);
        foreach (var institution in file.Institutions)
        {
            foreach (var name in institution.Names)
            {
                var key = NameNormalizer.Normalize(name.Text);
                if (seen.Contains(key))
                {
                    yield return $"{institution.Id}: '{name.Text}' also stands in not_institutions";
                }

                if (!owners.TryGetValue(key, out var others))
                {
                    owners[key] = others = [];
                }

                foreach (var (id, other) in others.Where(owner => owner.Name.Overlaps(name)))
                {
                    yield return $"{institution.Id}: '{name.Text}' already is a name of {id} at that time";
                }

                others.Add((institution.Id, name));
            }
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex IdForm();

    [GeneratedRegex("^[0-9A-Z]{6}$", RegexOptions.CultureInvariant)]
    private static partial Regex TickerForm();
}
