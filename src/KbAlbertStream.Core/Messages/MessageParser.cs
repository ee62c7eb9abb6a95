using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace KbAlbertStream.Core.Messages;

/// <summary>
/// Turns the bytes of a record into a message or a reason. It never throws on content, and what it accepts no later
/// step refuses. Unknown fields are ignored; of a field that stands there twice the last one counts.
/// </summary>
/// <remarks>
/// The steps: 1. size and encoding, 2. JSON, 3. each field, then what is missing, 4. the time.
/// The first fault in this order is the reason.
/// </remarks>
public sealed class MessageParser(MessageLimits limits)
{
    /// <summary>A time further ahead of the broker's clock than this is taken for a wrong clock of the sender.</summary>
    public static readonly TimeSpan MaxLead = TimeSpan.FromMinutes(5);

    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Parses a record value; an empty one counts as missing.</summary>
    /// <param name="kind">The kind of the topic it came from.</param>
    /// <param name="value">The bytes: one JSON object in UTF-8, a byte order mark is skipped.</param>
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

        if (!Utf8.IsValid(value))
        {
            return ParseResult.Rejected(RejectReason.InvalidJson, "not UTF-8");
        }

        var json = value.StartsWith("\uFEFF"u8) ? value["\uFEFF"u8.Length..] : value;
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
