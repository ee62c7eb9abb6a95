using KbAlbertStream.Core.Entities;

namespace KbAlbertStream.Demo.Samples;

/// <summary>Makes a stream of news and complaints about the institutions of a dictionary, the same for the same options.</summary>
/// <remarks>
/// 1. Everyday news and complaints, day by day, paced so that none looks like a spike. 2. An agency story about another
/// institution, copied by many publishers within hours: it must count once. 3. The spike: distinct negative stories
/// about one institution within hours, and an agency story with its copies. 4. Records that cannot become rows. 5. All
/// in the order of event time.
/// </remarks>
internal sealed class SampleStream
{
    private readonly SampleOptions _options;
    private readonly Random _random;
    private readonly TemplateSet _templates;
    private readonly List<Institution> _institutions;
    private readonly PersonalNumbers _personal;
    private readonly NewsDesk _news;
    private readonly ComplaintDesk _complaints;
    private readonly Pace _pace = new();
    private readonly List<SampleLine> _lines = [];

    private SampleStream(SampleOptions options, InstitutionDictionary dictionary, TemplateSet templates)
    {
        _options = options;
        _random = new Random(options.Seed);
        _templates = templates;
        _institutions = [.. dictionary.Institutions.Where(institution => institution.IsCounted && institution.Type != "holding")];
        _personal = new PersonalNumbers(_random);
        var filler = new TemplateFiller(_random, _personal);
        _news = new NewsDesk(_random, filler, _personal);
        _complaints = new ComplaintDesk(_random, filler, _personal, options.DefaultInstitution);
    }

    /// <summary>The lines in the order of event time, and the personal numbers planted in them.</summary>
    public static (List<string> Lines, IReadOnlyList<(string Type, string Value)> Planted) Make(
        SampleOptions options, InstitutionDictionary dictionary, TemplateSet templates)
    {
        var stream = new SampleStream(options, dictionary, templates);
        stream.AddEveryday();
        stream.AddCopiedStory();
        stream.AddSpike();
        stream._lines.AddRange(BadRecords.Make(options, stream._personal));
        return ([.. stream._lines.OrderBy(line => line.At).Select(line => line.Json)], stream._personal.Planted);
    }

    /// <summary>1.</summary>
    private void AddEveryday()
    {
        var news = new Deck<Template>(_templates.News, _random);
        var complaints = new Deck<Template>(_templates.Complaints, _random);
        var personalNews = new Deck<Template>(_templates.Personal.Where(template => template.Kind == "news"), _random);
        var personal = new Deck<Template>(_templates.Personal.Where(template => template.Kind == "complaint"), _random);
        var sport = new Deck<Template>(_templates.Sport, _random);
        var times = new DayTimes(_random);
        for (var day = 0; day < _options.Days; day++)
        {
            var date = _options.From.AddDays(day);
            foreach (var at in times.Draw(date, weekday: 14, weekend: 6))
            {
                var deck = _random.Next(30) switch { 0 => sport, < 3 => personalNews, _ => news };
                Everyday("news", at, deck, DrawTone(negative: 30, neutral: 35, deck != news), _news.Article);
            }

            foreach (var at in times.Draw(date, weekday: 12, weekend: 5))
            {
                var deck = _random.Next(9) == 0 ? personal : complaints;
                Everyday("complaint", at, deck, DrawTone(negative: 50, neutral: 30, deck == personal), _complaints.Complaint);
            }
        }
    }

    private void Everyday(
        string kind, DateTimeOffset at, Deck<Template> deck, string? tone, Func<Template, Institution, DateTimeOffset, SampleLine> write)
    {
        var negative = tone is null or "negative";
        var free = _institutions.Where(institution => _pace.Allows(kind, institution.Id, at, negative)).ToList();
        if (free.Count == 0)
        {
            return;
        }

        var about = free[_random.Next(free.Count)];
        var template = deck.Deal(template => (tone is null || template.Tone == tone) && template.Fits(about.Type));
        if (kind == "complaint" || template.NamesInstitution)
        {
            _pace.Note(kind, about.Id, at, negative);
        }

        _lines.Add(write(template, about, at));
    }

    /// <summary>2.</summary>
    private void AddCopiedStory()
    {
        var day = _options.From.AddDays(_options.Days / 2);
        var other = _institutions.Where(institution => institution.Id != _options.Institution)
            .OrderByDescending(institution => institution.Type == "savings_bank").First();
        var story = _templates.Wire.First(template => template.Labels.Contains("sanction"));
        _lines.AddRange(_news.Wire(story, other, DayTimes.At(day, 10.2), copies: 14));
    }

    /// <summary>3.</summary>
    private void AddSpike()
    {
        if (_options.SpikeSize == 0)
        {
            return;
        }

        var about = _institutions.Single(institution => institution.Id == _options.Institution);
        var deck = new Deck<Template>(_templates.Spike(_options.Category), _random);
        var at = DayTimes.At(_options.SpikeDate, 9.6);
        for (var i = 0; i < _options.SpikeSize; i++)
        {
            at = at.AddSeconds(_random.Next(240, 1500));
            _lines.Add(_news.Article(deck.Deal(template => template.Fits(about.Type)), about, at));
        }

        var story = _templates.Wire.First(template => template.Labels.Contains(_options.Category));
        _lines.AddRange(_news.Wire(story, about, DayTimes.At(_options.SpikeDate, 9.8), copies: 9));
    }

    /// <summary>The share of each tone in per cent; null, any tone, for decks too small to choose from.</summary>
    private string? DrawTone(int negative, int neutral, bool any)
    {
        var draw = _random.Next(100);
        return any ? null : draw < negative ? "negative" : draw < negative + neutral ? "neutral" : "positive";
    }
}
