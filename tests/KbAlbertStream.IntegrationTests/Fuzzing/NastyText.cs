using System.Text;

namespace KbAlbertStream.IntegrationTests.Fuzzing;

/// <summary>Texts that have broken parsers, normalisers, tokenizers and databases before, as JSON string bodies.</summary>
internal static class NastyText
{
    private const int LongestRun = 3_000;
    private const int BeyondEveryField = 210_000;

    private static readonly string[] Fixed =
    [
        "", " ", "\\u0000", "a\\u0000b", "\\ud800", "\\udc00\\ud800", "\\ud83d\\ude00", "\\uFEFF", "\\uFFFE\\uFFFF",
        "\\u1112\\u1161\\u11ab\\u1100\\u1173\\u11af", "\\u3131\\u314f", "\\u115f\\u1160\\u3164", "e\\u0301\\u0301\\u0301",
        "<\\u0338", "\\u202e\\u200f\\u2066", "\\u200b\\u200c\\u200d\\ufe0f", "\\u0085\\u2028\\u2029\\u000b\\f", "[CLS] [SEP] [MASK]",
        "##국민##은행", "'; DROP TABLE scored_events; --", "{{7*7}} ${jndi:ldap://x} %s%n", "\\\\N", "\\.", "NULL",
        "900101-1234567 010-1234-5678 4111-1111-1111-1111", "９００１０１－１２３４５６７", "kim@example.com 110-123-456789",
        "\\ud83d\\udc68\\u200d\\ud83d\\udc69\\u200d\\ud83d\\udc67", "\\u0e33\\ufdfa\\u1e9b\\u0323", "<script>&amp;&lt;</script>", "\\t\\r\\n",
    ];

    private static readonly string[] Repeated =
        ["가", " ", "\\n", "국민은행 ", "9", "010-1234-5678 ", "<", "\\ud83d\\ude00", "e\\u0301", "[SEP]", "a.b@c.", "-", "http://"];

    /// <summary>One of them: fixed, random runes, or something repeated, rarely longer than any field may be.</summary>
    public static string Next(Random random) => random.Next(10) switch
    {
        < 5 => Fixed[random.Next(Fixed.Length)],
        < 8 => Runes(random, random.Next(60)),
        _ => Run(random),
    };

    private static string Run(Random random)
    {
        var piece = Repeated[random.Next(Repeated.Length)];
        var length = random.Next(400) == 0 ? BeyondEveryField : random.Next(LongestRun);
        return new StringBuilder().Insert(0, piece, 1 + (length / piece.Length)).ToString();
    }

    // Any code point, control characters and unassigned ones included, written as escapes.
    private static string Runes(Random random, int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            var value = random.Next(4) switch
            {
                0 => random.Next(0x20, 0x7f),
                1 => random.Next(0xac00, 0xd7a4),
                2 => random.Next(0x1, 0x10000),
                _ => random.Next(0x10000, 0x110000),
            };
            foreach (var unit in value < 0x10000 ? ((char)value).ToString() : char.ConvertFromUtf32(value))
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            }
        }

        return text.ToString();
    }
}
