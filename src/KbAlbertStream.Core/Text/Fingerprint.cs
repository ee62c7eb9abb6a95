using System.Security.Cryptography;
using System.Text;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Core.Text;

/// <summary>Hashes that find copies. They are made from masked text.</summary>
internal static class Fingerprint
{
    /// <summary>SHA-256 in lower-case hex of kind, title and text as stored.</summary>
    public static string OfContent(MessageKind kind, PreparedText content) =>
        Sha256($"{kind.ToWireName()}\0{content.Title}\0{content.Text}");

    /// <summary>SHA-256 in lower-case hex of title and text without what syndication changes.</summary>
    public static string OfStory(PreparedText content) =>
        Sha256($"{StoryText.Of(content.Title)}\0{StoryText.Of(content.Text)}");

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
