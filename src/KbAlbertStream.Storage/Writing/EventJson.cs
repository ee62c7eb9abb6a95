using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using KbAlbertStream.Core.Entities;
using KbAlbertStream.Core.Scoring;

namespace KbAlbertStream.Storage.Writing;

/// <summary>
/// The jsonb columns of a row, in the forms that <c>inspect</c> prints too. Each is valid until the next is asked for:
/// they share one buffer, and a batch of thousands of rows allocates once.
/// </summary>
internal sealed class EventJson : IDisposable
{
    // jsonb decodes escapes anyway, so Hangul is sent as it is: a third of the bytes.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true, // what is written here is the same for every row
    };

    private static readonly ReadOnlyMemory<byte> NoItems = "[]"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> NoFields = "{}"u8.ToArray();

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _writer;

    public EventJson() => _writer = new Utf8JsonWriter(_buffer, Options);

    public ReadOnlyMemory<byte> Institutions(ImmutableArray<LinkedInstitution> institutions)
    {
        if (institutions.IsEmpty)
        {
            return NoItems;
        }

        Begin().WriteStartArray();
        foreach (var institution in institutions)
        {
            _writer.WriteStartObject();
            _writer.WriteString("id"u8, institution.Id);
            _writer.WriteNumber("relevance"u8, institution.Relevance);
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
        return Written();
    }

    public ReadOnlyMemory<byte> Masked(IReadOnlyDictionary<string, int> masked)
    {
        if (masked.Count == 0)
        {
            return NoFields;
        }

        Begin().WriteStartObject();
        foreach (var (type, count) in masked)
        {
            _writer.WriteNumber(type, count);
        }

        _writer.WriteEndObject();
        return Written();
    }

    public ReadOnlyMemory<byte> Probabilities(HeadScores head)
    {
        Begin().WriteStartObject();
        for (var i = 0; i < head.Labels.Length; i++)
        {
            _writer.WriteNumber(head.Labels[i], head.Probabilities[i]);
        }

        _writer.WriteEndObject();
        return Written();
    }

    public ReadOnlyMemory<byte> Evidence(ImmutableArray<Evidence> evidence, bool withText)
    {
        if (evidence.IsEmpty)
        {
            return NoItems;
        }

        Begin().WriteStartArray();
        foreach (var (label, text) in evidence)
        {
            _writer.WriteStartObject();
            _writer.WriteString("label"u8, label);
            if (withText)
            {
                _writer.WriteString("text"u8, text);
            }

            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
        return Written();
    }

    /// <inheritdoc />
    public void Dispose() => _writer.Dispose();

    private Utf8JsonWriter Begin()
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        return _writer;
    }

    private ReadOnlyMemory<byte> Written()
    {
        _writer.Flush();
        return _buffer.WrittenMemory;
    }
}
