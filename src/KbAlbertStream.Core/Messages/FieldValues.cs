using System.Collections.Immutable;
using System.Text.Json;

namespace KbAlbertStream.Core.Messages;

/// <summary>The known fields of one message, before they are checked.</summary>
internal sealed class FieldValues(MessageKind kind)
{
    private readonly ImmutableArray<MessageField> _fields = MessageField.Of(kind);
    private readonly FieldValue[] _values = new FieldValue[MessageField.Of(kind).Length];
    private RejectReason? _deletedFault;

    /// <summary>True when the message withdraws the one with its id.</summary>
    public bool IsWithdrawal { get; private set; }

    /// <summary>The text of a field; null when it is missing, null or blank.</summary>
    public string? this[string name]
    {
        get
        {
            for (var i = 0; i < _fields.Length; i++)
            {
                if (_fields[i].Name == name)
                {
                    return string.IsNullOrWhiteSpace(_values[i].Text) ? null : _values[i].Text;
                }
            }

            throw new ArgumentException($"no field {name}", nameof(name));
        }
    }

    /// <summary>Reads the property whose name the reader stands on; unknown ones are skipped.</summary>
    public void ReadProperty(ref Utf8JsonReader reader)
    {
        var index = IndexOf(ref reader);
        var isDeleted = index < 0 && IsDeleted(ref reader);
        reader.Read();
        if (isDeleted)
        {
            ReadDeleted(ref reader);
        }
        else if (index < 0)
        {
            reader.Skip();
        }
        else
        {
            _values[index] = FieldValue.Read(ref reader);
        }
    }

    /// <summary>
    /// The first field with a fault of its own, in the order of the table; then the first missing one. A withdrawal
    /// misses nothing but the id.
    /// </summary>
    public bool TryFindFault(out RejectReason reason, out string name)
    {
        foreach (var (field, value) in _fields.Zip(_values))
        {
            if ((value.Fault ?? TooLong(field, value.Text)) is { } fault)
            {
                (reason, name) = (fault, field.Name);
                return true;
            }
        }

        if (_deletedFault is { } wrong)
        {
            (reason, name) = (wrong, MessageField.Deleted);
            return true;
        }

        var needed = IsWithdrawal ? _fields[..1] : _fields;
        var missing = needed.FirstOrDefault(field => field.Required && this[field.Name] is null);
        (reason, name) = (RejectReason.MissingField, missing?.Name ?? "");
        return missing is not null;
    }

    private int IndexOf(ref Utf8JsonReader reader)
    {
        // ValueTextEquals throws at half a surrogate pair.
        if (!FieldValue.HasOnlyText(reader.ValueSpan, reader.ValueIsEscaped))
        {
            return -1;
        }

        for (var i = 0; i < _fields.Length; i++)
        {
            if (reader.ValueTextEquals(_fields[i].Utf8Name))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsDeleted(ref Utf8JsonReader reader) =>
        FieldValue.HasOnlyText(reader.ValueSpan, reader.ValueIsEscaped) && reader.ValueTextEquals("deleted"u8);

    private void ReadDeleted(ref Utf8JsonReader reader)
    {
        // The last one counts, as with every field.
        IsWithdrawal = reader.TokenType == JsonTokenType.True;
        _deletedFault = reader.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null
            ? null
            : RejectReason.WrongType;
        reader.Skip();
    }

    private static RejectReason? TooLong(MessageField field, string? text) =>
        text is not null && field.IsTooLong(text) ? RejectReason.FieldTooLong : null;
}
