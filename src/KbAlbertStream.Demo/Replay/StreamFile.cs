using System.Globalization;
using System.Text;
using System.Text.Json;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Demo.Replay;

/// <summary>
/// Reads a stream file: lines <c>{"kind":"news|complaint","value":{…message…}}</c> in the order of event time. A line that is
/// no such object becomes a news record with the line's own bytes, so that it ends as a dead letter and is not lost.
/// </summary>
internal static class StreamFile
{
    // Before the first line that tells its time. The Kafka timestamp needs some value, and the year 2000 is the
    // earliest that the worker takes for one.
    private static readonly DateTimeOffset Beginning = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Korea = TimeSpan.FromHours(9);

    /// <summary>All records of a file.</summary>
    /// <exception cref="StreamFileException">The file cannot be read, is empty, or no line has the form of a stream.</exception>
    public static IReadOnlyList<StreamRecord> Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StreamFileException($"The stream {path} cannot be read: {fault.Message}");
        }

        var records = new List<StreamRecord>(lines.Length);
        var at = Beginning;
        var messages = 0;
        foreach (var line in lines.Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            var record = ReadLine(line, records.Count, at);
            messages += record.IsMessage ? 1 : 0;
            at = record.Record.At;
            records.Add(record.Record);
        }

        return messages > 0
            ? records
            : throw new StreamFileException(
                $"The stream {path} has no line of the form {{\"kind\":\"news|complaint\",\"value\":{{…}}}}.");
    }

    private static (StreamRecord Record, bool IsMessage) ReadLine(string line, int number, DateTimeOffset before)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"line-{number}");
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("kind", out var kindName) && kindName.ValueKind == JsonValueKind.String
                && MessageKindNames.TryParse(kindName.GetString(), out var kind)
                && root.TryGetProperty("value", out var value))
            {
                // The raw text keeps what a parse and a rewrite would mend: escapes, duplicate fields, odd numbers.
                var bytes = Encoding.UTF8.GetBytes(value.GetRawText());
                return (new StreamRecord(kind, key, bytes, EventTime(kind, value) ?? before), true);
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // No JSON, or a kind that is half a surrogate pair: published below as it stands.
        }

        return (new StreamRecord(MessageKind.News, key, Encoding.UTF8.GetBytes(line), before), false);
    }

    private static DateTimeOffset? EventTime(MessageKind kind, JsonElement value)
    {
        var field = kind == MessageKind.News ? "published_at" : "received_at";
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(field, out var time)
            || time.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        // Like the worker: a time without an offset is Korean.
        var text = time.GetString();
        var isRead = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at);
        if (isRead && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var local)
            && local.Kind == DateTimeKind.Unspecified)
        {
            at = new DateTimeOffset(local, Korea);
        }

        return isRead && at.Year is >= 2000 and < 2100 ? at : null;
    }
}
