namespace KbAlbertStream.Core.Messages;

/// <summary>
/// The frame that Confluent's serializers put before a value: a zero byte and the four bytes of a schema's number.
/// The schema is not looked up: the value behind it is checked like any other.
/// </summary>
internal static class ConfluentFrame
{
    private const byte Magic = 0;
    private const int Length = 5;

    /// <summary>The value behind the frame; the value itself when it has none (JSON never begins with a zero byte).</summary>
    public static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> value) =>
        value.Length > Length && value[0] == Magic ? value[Length..] : value;
}
