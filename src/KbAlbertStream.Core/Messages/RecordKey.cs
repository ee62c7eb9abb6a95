namespace KbAlbertStream.Core.Messages;

/// <summary>The key of a record without a value: the id of the message that it withdraws.</summary>
internal static class RecordKey
{
    /// <summary>
    /// The id, when the key is one that a message could have: UTF-8 without U+0000, not blank, no longer than the
    /// field <c>id</c>.
    /// </summary>
    public static bool TryReadId(ReadOnlySpan<byte> key, MessageKind kind, out string id)
    {
        var field = MessageField.Of(kind)[0];
        id = RecordText.TryDecode(key, out var text) ? text : "";
        return !string.IsNullOrWhiteSpace(id) && !field.IsTooLong(id);
    }
}
