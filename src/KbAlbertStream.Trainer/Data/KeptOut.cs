using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace KbAlbertStream.Trainer.Data;

/// <summary>
/// Which real headlines are never trained on, not even as plain text: a fifth, by the hash of the title. What the
/// model says about them is what it will say about tomorrow's news.
/// </summary>
internal static class KeptOut
{
    private const uint OneOf = 5;

    /// <summary>True when the headline is kept for evaluation.</summary>
    public static bool Contains(string title) => HashOf(title) % OneOf == 0;

    /// <summary>The first four bytes of the SHA-256 of the title in UTF-8, big endian.</summary>
    public static uint HashOf(string title) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(title)));
}
