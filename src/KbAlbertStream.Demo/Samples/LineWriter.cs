using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KbAlbertStream.Demo.Samples;

/// <summary>Writes messages in the form of a stream file: <c>{"kind":…,"value":{…}}</c>, one a line.</summary>
internal static class LineWriter
{
    // Readable Hangul; the files are data and never part of a web page.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line of a message; fields with a null value are left out.</summary>
    public static SampleLine Write(DateTimeOffset at, string kind, params (string Field, string? Value)[] fields)
    {
        var value = new JsonObject();
        foreach (var (field, text) in fields.Where(field => field.Value is not null))
        {
            value[field] = text;
        }

        var line = new JsonObject { ["kind"] = kind, ["value"] = value };
        return new SampleLine(at, line.ToJsonString(Json));
    }

    /// <summary>An instant as the stream writes it, in Korean time.</summary>
    public static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
