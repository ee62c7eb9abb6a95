using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KbAlbertStream.Core.Entities;
using KbAlbertStream.Core.Scoring;

namespace KbAlbertStream.Storage.Writing;

/// <summary>The jsonb columns of a row, in the forms that <c>inspect</c> prints too.</summary>
internal static class EventJson
{
    // jsonb decodes escapes anyway, so Hangul is sent as it is: a third of the bytes.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Institutions(ImmutableArray<LinkedInstitution> institutions) => Write(institutions, static (w, all) =>
    {
        w.WriteStartArray();
        foreach (var institution in all)
        {
            w.WriteStartObject();
            w.WriteString("id", institution.Id);
            w.WriteNumber("relevance", institution.Relevance);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    });

    public static string Masked(IReadOnlyDictionary<string, int> masked) => Write(masked, static (w, counts) =>
    {
        w.WriteStartObject();
        foreach (var (type, count) in counts)
        {
            w.WriteNumber(type, count);
        }

        w.WriteEndObject();
    });

    public static string Probabilities(HeadScores head) => Write(head, static (w, h) =>
    {
        w.WriteStartObject();
        for (var i = 0; i < h.Labels.Length; i++)
        {
            w.WriteNumber(h.Labels[i], h.Probabilities[i]);
        }

        w.WriteEndObject();
    });

    public static string Evidence(ImmutableArray<Evidence> evidence, bool withText) =>
        Write((evidence, withText), static (w, given) =>
        {
            w.WriteStartArray();
            foreach (var (label, text) in given.evidence)
            {
                w.WriteStartObject();
                w.WriteString("label", label);
                if (given.withText)
                {
                    w.WriteString("text", text);
                }

                w.WriteEndObject();
            }

            w.WriteEndArray();
        });

    private static string Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
