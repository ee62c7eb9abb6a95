using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Benchmarks.Spikes;

/// <summary>Texts as rows give them to the detector: every string an object of its own, one in ten a copy.</summary>
internal static class StoredTexts
{
    public static readonly DateTimeOffset Start = new(2026, 11, 1, 15, 0, 0, TimeSpan.Zero); // midnight in Korea

    private static readonly string[] Categories = ["misselling", "it_outage", "consumer_complaint", "data_breach"];

    /// <summary>So many texts over so many institutions, evenly from <paramref name="from"/> on, in order of time.</summary>
    public static IEnumerable<SeenText> Of(int first, int count, int institutions, DateTimeOffset from, TimeSpan over)
    {
        for (var i = 0; i < count; i++)
        {
            yield return Of(first + i, $"institution_{(first + i) % institutions:00}", from + (over * i / count));
        }
    }

    /// <summary>The text of a number.</summary>
    public static SeenText Of(int number, string entity, DateTimeOffset at)
    {
        var story = number % 10 == 0 ? Math.Max(0, number - 400) : number;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(story.ToString(CultureInfo.InvariantCulture)));
        return new SeenText(
            new RecordPosition(MessageKind.News, at, new string("risk.news.v1"), number % 12, number),
            entity,
            at,
            at,
            $"www.publisher-{number % 97:00}.co.kr",
            SeenText.StoryOf(MessageKind.News, Convert.ToHexStringLower(hash), customerRef: null),
            [new string(Categories[number % 4]), new string(Categories[number % 3])],
            0.5f + (number % 100 / 200f))
        {
            ExternalId = IdOf(number),
        };
    }

    /// <summary>The identifier of that text: as long as those of the sample stream.</summary>
    public static string IdOf(int number) => $"news-{number:000000000}";
}
