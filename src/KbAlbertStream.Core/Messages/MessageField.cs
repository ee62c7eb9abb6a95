using System.Collections.Immutable;
using System.Text;

namespace KbAlbertStream.Core.Messages;

/// <summary>
/// A field of a message: all are JSON strings, but for <see cref="Deleted"/>. The table is the code's copy of the schemas.
/// </summary>
/// <param name="Name">Its name in the JSON.</param>
/// <param name="MaxLength">The most code points it may have.</param>
/// <param name="Required">Must be there and not blank; otherwise it may be missing, null or empty.</param>
/// <remarks>A message that withdraws another needs its id, the first field, and nothing else.</remarks>
internal sealed record MessageField(string Name, int MaxLength, bool Required = false)
{
    /// <summary>Name of the boolean field that withdraws the message of the same id.</summary>
    public const string Deleted = "deleted";

    private const int NameLength = 200;
    private const int TitleLength = 2_000;
    private const int TextLength = 200_000;
    private const int TimeLength = 80;

    public static readonly ImmutableArray<MessageField> News =
    [
        new("id", NameLength, Required: true),
        new("publisher", NameLength, Required: true),
        new("url", 4_000),
        new("title", TitleLength, Required: true),
        new("body", TextLength),
        new("published_at", TimeLength, Required: true),
        new("language", 35),
    ];

    public static readonly ImmutableArray<MessageField> Complaint =
    [
        new("id", NameLength, Required: true),
        new("channel", NameLength, Required: true),
        new("institution", NameLength),
        new("sector", NameLength),
        new("customer_ref", NameLength),
        new("title", TitleLength),
        new("text", TextLength, Required: true),
        new("received_at", TimeLength, Required: true),
    ];

    /// <summary><see cref="Name"/> in UTF-8, to compare without decoding.</summary>
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Name);

    /// <summary>Code points are counted, as JSON Schema counts; there are at most as many as UTF-16 units.</summary>
    public bool IsTooLong(string text) => text.Length > MaxLength && text.EnumerateRunes().Count() > MaxLength;

    public static ImmutableArray<MessageField> Of(MessageKind kind) => kind == MessageKind.News ? News : Complaint;
}
