using System.Buffers.Text;
using System.Text.Json;

namespace KbAlbertStream.Core.Messages;

/// <summary>What a message holds for a field: nothing, a string, or a fault.</summary>
internal readonly record struct FieldValue(string? Text, RejectReason? Fault)
{
    /// <summary>Reads the token the reader stands on and leaves the reader at its end.</summary>
    public static FieldValue Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return default;
            case JsonTokenType.String when HasOnlyText(reader.ValueSpan, reader.ValueIsEscaped):
                return new FieldValue(reader.GetString(), null);
            case JsonTokenType.String:
                return new FieldValue(null, RejectReason.InvalidText);
            default:
                reader.Skip();
                return new FieldValue(null, RejectReason.WrongType);
        }
    }

    /// <summary>
    /// False when a JSON string (without its quotes) stands for U+0000 or half a surrogate pair. The reader has
    /// checked the escapes' form; at half a pair its GetString would throw.
    /// </summary>
    public static bool HasOnlyText(ReadOnlySpan<byte> json, bool isEscaped)
    {
        var isAfterHigh = false;
        int escape;
        while (isEscaped && (escape = json.IndexOf((byte)'\\')) >= 0)
        {
            var isUnit = json[escape + 1] == 'u';
            ushort unit = 'a';
            if (isUnit && !Utf8Parser.TryParse(json.Slice(escape + 2, 4), out unit, out _, 'x'))
            {
                return false;
            }

            if (unit == 0 || (isAfterHigh && escape > 0) || isAfterHigh != char.IsLowSurrogate((char)unit))
            {
                return false;
            }

            isAfterHigh = char.IsHighSurrogate((char)unit);
            json = json[(escape + (isUnit ? 6 : 2))..];
        }

        return !isAfterHigh;
    }
}
