using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace KbAlbertStream.Core.Spikes;

/// <summary>What copies of one story share, in 16 bytes: the same in every process and on every machine.</summary>
/// <param name="High">The first eight bytes.</param>
/// <param name="Low">The next eight.</param>
/// <remarks>
/// The first 128 bits of a SHA-256. Two of a billion stories are taken for one with a chance of 10^18 / 2^129,
/// below 10^-20; to make two on purpose takes 2^64 attempts, and gains no more than that the second does not count.
/// </remarks>
public readonly record struct Story(ulong High, ulong Low)
{
    /// <summary>The story of this name.</summary>
    public static Story Of(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        return new Story(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]));
    }
}
