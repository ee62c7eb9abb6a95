using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace KbAlbertStream.Core.Messages;

/// <summary>Tells whether the bytes of a record key or header are text that PostgreSQL can store.</summary>
public static class RecordText
{
    /// <summary>True, with the text, when the bytes are UTF-8 without U+0000.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        text = Utf8.IsValid(bytes) && !bytes.Contains((byte)0) ? Encoding.UTF8.GetString(bytes) : null;
        return text is not null;
    }
}
