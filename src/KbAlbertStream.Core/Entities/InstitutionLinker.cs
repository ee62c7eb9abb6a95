using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Text;

namespace KbAlbertStream.Core.Entities;

/// <summary>Finds the institutions of a dictionary in prepared texts. Immutable: one serves all threads.</summary>
/// <remarks>
/// 1. Texts are compared in NFKC and lower case. 2. Names of three or more letters are looked for at the beginning of a
/// word; the longest wins. 3. What follows a name may only be particles or a part of the institution. 4. A text about
/// sport links nothing. 5. Supervisors, and names that stand for no institution of the dictionary, hold their place and
/// link nothing. Time is linear in the text.
/// </remarks>
public sealed class InstitutionLinker
{
    /// <summary>The relevance of the institution that a complaint's own field names.</summary>
    public const int FieldRelevance = 100;

    /// <summary>The relevance of the institution that a complaint is assumed to mean because it names none.</summary>
    public const int DefaultRelevance = 50;

    private const int FewestSyllables = 3;

    private readonly InstitutionDictionary _dictionary;
    private readonly AhoCorasick _search;
    private readonly ImmutableArray<ImmutableArray<(Institution Institution, InstitutionName Name)>> _owners;

    /// <summary>Builds the search over all names of a dictionary.</summary>
    public InstitutionLinker(InstitutionDictionary dictionary)
    {
        _dictionary = dictionary;
        var names = dictionary.Institutions
            .SelectMany(institution => institution.Names, (institution, name) => (Institution: institution, Name: name))
            .Where(pair => pair.Name.Use == NameUse.Everywhere)
            .ToLookup(pair => NameNormalizer.Normalize(pair.Name.Text), StringComparer.Ordinal);
        var patterns = names.Select(group => group.Key)
            .Concat(dictionary.NotInstitutions.Select(NameNormalizer.Normalize))
            .Where(pattern => NameNormalizer.Syllables(pattern) >= FewestSyllables)
            .ToList();
        _search = new AhoCorasick(patterns);
        _owners = [.. patterns.Select(pattern => names[pattern].ToImmutableArray())];
    }

    /// <summary>The version of the dictionary, for <c>ScoreVersions</c>.</summary>
    public string DictionaryVersion => _dictionary.Version;

    /// <summary>
    /// The institutions of a message as they are stored: those that a news item names, or the one that a complaint is
    /// about.
    /// </summary>
    /// <param name="message">The prepared message.</param>
    /// <param name="defaultInstitution">The id that a complaint means when it names no institution; null for none.</param>
    public ImmutableArray<LinkedInstitution> Link(PreparedMessage message, string? defaultInstitution) =>
        message.Kind == MessageKind.Complaint
            ? ForComplaint(message.Institution, message.Content, defaultInstitution, message.OccurredAt)
            : Link(message.Kind, message.Content, message.OccurredAt);

    /// <summary>
    /// The institutions that a text names, the most relevant first, of equal ones the one named first. Names that have
    /// changed hands mean their owner on the day of <paramref name="at"/>, without one today's.
    /// </summary>
    public ImmutableArray<LinkedInstitution> Link(MessageKind kind, PreparedText text, DateTimeOffset? at = null)
    {
        var title = NameNormalizer.Normalize(text.Title);
        var body = NameNormalizer.Normalize(text.Text);
        var mentions = new Dictionary<Institution, Mentions>(ReferenceEqualityComparer.Instance);
        var day = NameDay.Of(at);
        foreach (var (institution, _) in Find(title, day))
        {
            Count(mentions, institution).InTitle();
        }

        var lead = Lead.End(body);
        foreach (var (institution, start) in Find(body, day))
        {
            Count(mentions, institution).InText(start < lead);
        }

        // Looked at last, because most texts of other worlds name no institution at all.
        if (mentions.Count == 0 || (kind == MessageKind.News && SportsContext.IsSport(title, body)))
        {
            return [];
        }

        // Dictionary order of insertion is the order of first mention; the sort is stable.
        return
        [
            .. mentions
                .Select(pair => new LinkedInstitution(pair.Key.Id, pair.Value.Relevance(mentions.Count)))
                .OrderByDescending(linked => linked.Relevance),
        ];
    }

    /// <summary>
    /// The institution of a complaint: the one its field names (an id, a name, or a text such as "KB국민은행 강남지점"),
    /// else the most relevant one its text names, else the default; empty when there is none of these.
    /// </summary>
    public ImmutableArray<LinkedInstitution> ForComplaint(
        string? field, PreparedText text, string? defaultInstitution, DateTimeOffset? at = null)
    {
        if (field is not null && Resolve(field, at) is { } named)
        {
            return [new LinkedInstitution(named, FieldRelevance)];
        }

        var linked = Link(MessageKind.Complaint, text, at);
        if (!linked.IsEmpty)
        {
            return [linked[0]];
        }

        return defaultInstitution is null ? [] : [new LinkedInstitution(defaultInstitution, DefaultRelevance)];
    }

    /// <summary>The id that the institution field of a complaint means; null when it means none of the dictionary.</summary>
    public string? Resolve(string field, DateTimeOffset? at = null)
    {
        if (_dictionary.Resolve(field, at) is { } id)
        {
            return id;
        }

        foreach (var (institution, _) in Find(NameNormalizer.Normalize(field), NameDay.Of(at)))
        {
            return institution.Id;
        }

        return null;
    }

    private IEnumerable<(Institution Institution, int Start)> Find(string normalized, DateOnly day)
    {
        foreach (var match in _search.LeftmostLongest(normalized, NameBoundary.MayBegin))
        {
            foreach (var (institution, name) in _owners[match.Pattern])
            {
                if (institution.IsCounted && name.IsValidOn(day) && NameBoundary.Ends(normalized, match.End))
                {
                    yield return (institution, match.Start);
                }
            }
        }
    }

    private static Mentions Count(Dictionary<Institution, Mentions> mentions, Institution institution)
    {
        if (!mentions.TryGetValue(institution, out var count))
        {
            mentions[institution] = count = new Mentions();
        }

        return count;
    }

    private sealed class Mentions
    {
        private bool _inTitle;
        private bool _inLead;
        private int _count;

        public void InTitle()
        {
            _inTitle = true;
            _count++;
        }

        public void InText(bool inLead)
        {
            _inLead |= inLead;
            _count++;
        }

        public int Relevance(int institutions) => Entities.Relevance.Of(_inTitle, _inLead, _count, institutions);
    }
}
