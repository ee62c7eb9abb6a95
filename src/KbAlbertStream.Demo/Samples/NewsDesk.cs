using System.Globalization;
using KbAlbertStream.Core.Entities;

namespace KbAlbertStream.Demo.Samples;

/// <summary>Makes news items out of templates.</summary>
internal sealed class NewsDesk(Random random, TemplateFiller filler, PersonalNumbers personal)
{
    private static readonly string[] Publishers =
        ["한들일보", "새벽경제", "누리통신", "나루신문", "다온방송", "큰솔경제", "늘봄타임스", "가람뉴스", "해오름투데이"];

    private static readonly string[] Reporters = ["김지수", "이하람", "박도윤", "최서진", "정가온"];

    private int _number;

    /// <summary>An article by one publisher.</summary>
    public SampleLine Article(Template template, Institution about, DateTimeOffset at)
    {
        var (title, text) = filler.Fill(template, Name(about));
        return Write(at, Publishers[random.Next(Publishers.Length)], title, text);
    }

    /// <summary>
    /// An agency story and its copies, minutes apart: word for word, or with what syndication adds (a tag, a reporter's
    /// line, a copyright notice).
    /// </summary>
    public IEnumerable<SampleLine> Wire(Template template, Institution about, DateTimeOffset at, int copies)
    {
        var (title, text) = filler.Fill(template, about.Name);
        for (var copy = 0; copy < copies; copy++)
        {
            var publisher = Publishers[copy % Publishers.Length];
            var reporter = Reporters[copy % Reporters.Length];
            var (copiedTitle, copiedText) = (copy % 4) switch
            {
                0 => (title, text),
                1 => ($"[속보] {title}", text),
                2 => (title, $"(서울={publisher}) {reporter} 기자 = {text}"),
                _ => ($"{title}(종합)", $"{text}\nⓒ {publisher}, 무단 전재 및 재배포 금지"),
            };
            yield return Write(at, publisher, copiedTitle, copiedText);
            at = at.AddSeconds(random.Next(180, 900));
        }
    }

    private SampleLine Write(DateTimeOffset at, string publisher, string title, string text)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"n-{++_number:00000}");
        return LineWriter.Write(
            at, "news", ("id", id), ("publisher", publisher), ("url", Url(id)), ("title", title),
            ("body", text.Length == 0 ? null : text), ("published_at", LineWriter.Time(at)), ("language", "ko"));
    }

    private string Url(string id) => random.Next(60) switch
    {
        0 => $"https://news.example/{id}?phone={personal.Make("phone").Replace("+82 ", "0", StringComparison.Ordinal).Replace(' ', '-')}",
        1 => $"https://news.example/{id}?session={personal.Make("token")}",
        2 => $"https://news.example/{id}?email={personal.Make("email")}",
        _ => $"https://news.example/{id}",
    };

    /// <summary>Mostly the canonical name, sometimes an alias, as the press does.</summary>
    private string Name(Institution about)
    {
        var names = about.Names.Where(name => name.Use == NameUse.Everywhere).ToList();
        return random.Next(4) == 0 ? names[random.Next(names.Count)].Text : about.Name;
    }
}
