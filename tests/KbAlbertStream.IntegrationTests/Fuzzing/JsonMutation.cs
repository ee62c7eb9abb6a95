using System.Globalization;
using System.Text;
using System.Text.Json;

namespace KbAlbertStream.IntegrationTests.Fuzzing;

/// <summary>
/// Changes of a message that know its structure: fields left out, doubled, retyped, nested, with other names, times and
/// texts. Written by hand, because a JSON library would not write most of what can arrive.
/// </summary>
internal static class JsonMutation
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-0", "1e999", "1E-999", "123456789012345678901234567890", "[]", "{}", "[null,[{}]]",
        "{\"a\":{\"a\":{\"a\":1}}}", "\"\"", "\" \"", "\"국민은행\"", "[\"KB국민은행\"]",
    ];

    private static readonly string[] NoValues = ["tru", "01", "NaN", "'x'", "\"\\x\"", "\"\\u12\"", "1,,", "\u00a01"];

    private static readonly string[] Times =
    [
        "2026-03-02T09:00:00+09:00", "2026-03-02 09:00:00", "2026-02-30T00:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59",
        "2026-03-02T24:00:00Z", "2026-03-02T09:00:60Z", "1999-12-31T23:59:59Z", "2100-01-01T00:00:01Z", "２０２６-03-02T09:00:00Z",
        "2026-03-02T09:00:00.123456789012345678901234567890+00:00", "-2026-03-02T09:00:00Z", "now", "1767225600", "20260302T090000Z",
    ];

    private static readonly string[] MoreNames =
        ["deleted", "id", "text", "body", "customer_ref", "extra", "i\\u0064", "\\ud800", "", "TEXT", "published_at", "received_at"];

    /// <summary>The message with one to three changes; null when the seed is no JSON object.</summary>
    public static byte[]? Apply(byte[] seed, Random random)
    {
        if (Fields(seed) is not { } fields)
        {
            return null;
        }

        for (var changes = 1 + random.Next(3); changes > 0; changes--)
        {
            Change(fields, random);
        }

        return Encoding.UTF8.GetBytes(Write(fields, random));
    }

    private static List<(string Name, string Value)>? Fields(byte[] seed)
    {
        try
        {
            using var document = JsonDocument.Parse(seed);
            return document.RootElement.ValueKind != JsonValueKind.Object
                ? null
                : [.. document.RootElement.EnumerateObject().Select(field => (field.Name, field.Value.GetRawText()))];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Change(List<(string Name, string Value)> fields, Random random)
    {
        var at = random.Next(Math.Max(1, fields.Count));
        switch (random.Next(9))
        {
            case 0 when fields.Count > 0:
                fields.RemoveAt(at);
                break;
            case 1 when fields.Count > 0:
                fields.Insert(random.Next(fields.Count), (fields[at].Name, Value(random)));
                break;
            case 2 when fields.Count > 0:
                fields[at] = (fields[at].Name, Value(random));
                break;
            case 3 when fields.Count > 0:
                fields[at] = (MoreNames[random.Next(MoreNames.Length)], fields[at].Value);
                break;
            case 4:
                fields.Add((MoreNames[random.Next(MoreNames.Length)], Value(random)));
                break;
            case 5:
                fields.Add(("extra", Nested(random.Next(40))));
                break;
            case 6 when Time(fields) is >= 0 and var time:
                fields[time] = (fields[time].Name, $"\"{Times[random.Next(Times.Length)]}\"");
                break;
            default:
                if (fields.Count > 0)
                {
                    fields[at] = (fields[at].Name, $"\"{NastyText.Next(random)}\"");
                }

                break;
        }
    }

    private static string Value(Random random) => random.Next(10) == 0
        ? NoValues[random.Next(NoValues.Length)]
        : Values[random.Next(Values.Length)];

    private static int Time(List<(string Name, string Value)> fields) =>
        fields.FindIndex(field => field.Name.EndsWith("_at", StringComparison.Ordinal));

    private static string Nested(int depth) => new string('[', depth) + "1" + new string(']', depth);

    private static string Write(List<(string Name, string Value)> fields, Random random)
    {
        string[] gaps = ["", "", "", " ", "\n\t", "\r\n"];
        var text = new StringBuilder("{");
        foreach (var (name, value) in fields)
        {
            text.Append(text.Length == 1 ? "" : ",").Append(gaps[random.Next(gaps.Length)])
                .Append(CultureInfo.InvariantCulture, $"\"{name}\":{value}");
        }

        return text.Append('}').ToString();
    }
}
