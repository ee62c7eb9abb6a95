using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KbAlbertStream.Core.Entities;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Demo.Samples;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>
/// The mix of <c>samples/</c>, as many messages as wanted: streams from many seeds, so that names, numbers and sentences
/// differ, each message with an id of its own and a number in its text, so that none is a copy of another. Event times
/// run over the 30 days before now.
/// </summary>
internal static class SampleMessages
{
    private const string Ending = "번째 글.";

    private static readonly MessageParser Parser = new(new MessageLimits());
    private static readonly TimeSpan Span = TimeSpan.FromDays(30);

    /// <summary>What every text ends with.</summary>
    public static ReadOnlySpan<byte> EndOfText => "번째 글."u8;

    /// <summary>So many messages, in the order of event time. What cannot become a row is left out.</summary>
    public static IEnumerable<SampleMessage> Take(int count, DateTimeOffset now)
    {
        var step = Span / count;
        return Endless().Take(count).Select((found, number) =>
            Renew(found.Kind, found.Message, number, now - Span + (step * number)));
    }

    /// <summary>Messages without end whose event time is the moment they are asked for.</summary>
    public static IEnumerable<SampleMessage> Live() => Endless().Select((found, number) =>
        Renew(found.Kind, found.Message, number, TimeProvider.System.GetUtcNow()));

    private static IEnumerable<(MessageKind Kind, JsonObject Message)> Endless()
    {
        var samples = SampleFolder.Shipped;
        var dictionary = InstitutionDictionary.Load(samples.Dictionary);
        var templates = TemplateSet.Load(samples.Templates);
        for (var seed = 1; ; seed++)
        {
            var (lines, _) = SampleStream.Make(new SampleOptions { Seed = seed, SpikeSize = 0 }, dictionary, templates);
            foreach (var found in lines.Select(Read).OfType<(MessageKind, JsonObject)>())
            {
                yield return found;
            }
        }
    }

    // What the worker's own parser refuses is one of the bad records.
    private static (MessageKind Kind, JsonObject Message)? Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var value = document.RootElement.GetProperty("value").GetRawText();
            return MessageKindNames.TryParse(document.RootElement.GetProperty("kind").GetString()!, out var kind)
                && Parser.Parse(kind, Encoding.UTF8.GetBytes(value), TimeProvider.System.GetUtcNow()).IsMessage
                    ? (kind, JsonNode.Parse(value)!.AsObject())
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SampleMessage Renew(MessageKind kind, JsonObject message, int number, DateTimeOffset at)
    {
        var news = kind == MessageKind.News;
        var text = news ? "body" : "text";
        var id = string.Create(CultureInfo.InvariantCulture, $"{(news ? 'n' : 'c')}-{number:D7}");
        message["id"] = id;
        message[text] = $"{(string?)message[text]} {number}{Ending}";
        message[news ? "published_at" : "received_at"] = at.ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
        return new SampleMessage(kind, id, JsonSerializer.SerializeToUtf8Bytes(message, Plain.Options));
    }

    private static class Plain
    {
        public static readonly JsonSerializerOptions Options =
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    }
}
