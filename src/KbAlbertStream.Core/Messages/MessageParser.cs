using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace KbAlbertStream.Core.Messages;

/// <summary>
/// Turns the bytes of a record into a message, a withdrawal or a reason. It never throws on content, and what it
/// accepts no later step refuses. Unknown fields are ignored; of a field that stands there twice the last one counts.
/// </summary>
/// <remarks>
/// The steps: 1. size and encoding, 2. JSON, 3. each field, then what is missing, 4. the time (of a withdrawal none).
/// The first fault in this order is the reason.
/// </remarks>
public sealed class MessageParser(MessageLimits limits)
{
    /// <summary>A time further ahead of the broker's clock than this is taken for a wrong clock of the sender.</summary>
    public static readonly TimeSpan MaxLead = TimeSpan.FromMinutes(5);

    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Parses a record. One without a value (a tombstone) withdraws the message whose id is its key; an empty value is
    /// none, so that a producer's slip withdraws nothing.
    /// </summary>
    /// <param name="kind">The kind of the topic it came from.</param>
    /// <param name="key">The key's bytes; null when it has none.</param>
    /// <param name="value">The value's bytes; null for a tombstone.</param>
    /// <param name="recordedAt">The record's time as in its <see cref="RecordPosition"/>; bounds the event time.</param>
    public ParseResult Parse(MessageKind kind, byte[]? key, byte[]? value, DateTimeOffset recordedAt)
    {
        if (value is not null)
        {
            return Parse(kind, value, recordedAt);
        }

        return RecordKey.TryReadId(key, kind, out var id)
            ? ParseResult.Withdraws(id)
            : ParseResult.Rejected(RejectReason.NoValue, key is null ? null : "key");
    }

    /// <summary>Parses a record value; an empty one counts as missing.</summary>
    /// <param name="kind">The kind of the topic it came from.</param>
    /// <param name="value">
    /// The bytes: one JSON object in UTF-8. A frame of Confluent's serializers and a byte order mark are skipped.
    /// </param>
    /// <param name="recordedAt">The record's time as in its <see cref="RecordPosition"/>; bounds the event time.</param>
    public ParseResult Parse(MessageKind kind, ReadOnlySpan<byte> value, DateTimeOffset recordedAt)
    {
        // 1
        if (value.IsEmpty)
        {
            return ParseResult.Rejected(RejectReason.NoValue);
        }

        if (value.Length > limits.MaxBytes)
        {
            return ParseResult.Rejected(RejectReason.TooLarge, "value");
        }

        var json = ConfluentFrame.Skip(value);
        if (!Utf8.IsValid(json))
        {
            return ParseResult.Rejected(RejectReason.InvalidJson, "not UTF-8");
        }

        json = json.StartsWith("\uFEFF"u8) ? json["\uFEFF"u8.Length..] : json;
        var fields = new FieldValues(kind);
        try
        {
            // 2
            if (!TryReadObject(json, fields))
            {
                return ParseResult.Rejected(RejectReason.NotAnObject, "value");
            }
        }
        catch (JsonException e)
        {
            var place = string.Create(
                CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
            return ParseResult.Rejected(RejectReason.InvalidJson, place);
        }

        // 3
        if (fields.TryFindFault(out var reason, out var name))
        {
            return ParseResult.Rejected(reason, name);
        }

        // 4
        if (fields.IsWithdrawal)
        {
            return ParseResult.Withdraws(fields["id"]!);
        }

        var timeField = kind == MessageKind.News ? "published_at" : "received_at";
        return TryReadTime(fields[timeField]!, recordedAt, out var occurredAt) is { } fault
            ? ParseResult.Rejected(fault, timeField)
            : ParseResult.Accepted(kind == MessageKind.News ? News(fields, occurredAt) : Complaint(fields, occurredAt));
    }

    /// <summary>Reads the whole value, so that a fault after the object is found too.</summary>
    private bool TryReadObject(ReadOnlySpan<byte> json, FieldValues fields)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = limits.MaxDepth });
        reader.Read();
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        while (reader.Read())
        {
            if (isObject && reader.TokenType == JsonTokenType.PropertyName)
            {
                fields.ReadProperty(ref reader);
            }
        }

        return isObject;
    }

    private static RejectReason? TryReadTime(string text, DateTimeOffset recordedAt, out DateTimeOffset occurredAt)
    {
        if (!EventTime.TryParse(text, out occurredAt))
        {
            return RejectReason.InvalidTime;
        }

        // An unknown record time says nothing about when the event can have been.
        if (recordedAt != RecordPosition.UnknownTime && occurredAt - recordedAt > MaxLead)
        {
            occurredAt = recordedAt.ToUniversalTime();
        }

        return occurredAt < Earliest || occurredAt > Latest ? RejectReason.TimeOutOfRange : null;
    }

    private static InboundMessage News(FieldValues fields, DateTimeOffset occurredAt) => new()
    {
        Kind = MessageKind.News,
        ExternalId = fields["id"]!,
        Source = fields["publisher"]!,
        Url = fields["url"],
        Title = fields["title"]!,
        Text = fields["body"] ?? "",
        OccurredAt = occurredAt,
        Language = fields["language"],
    };

    private static InboundMessage Complaint(FieldValues fields, DateTimeOffset occurredAt) => new()
    {
        Kind = MessageKind.Complaint,
        ExternalId = fields["id"]!,
        Source = fields["channel"]!,
        Institution = fields["institution"],
        Sector = fields["sector"],
        CustomerRef = fields["customer_ref"],
        Title = fields["title"] ?? "",
        Text = fields["text"]!,
        OccurredAt = occurredAt,
    };
}
