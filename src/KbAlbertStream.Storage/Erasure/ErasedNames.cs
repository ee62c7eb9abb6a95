using System.Security.Cryptography;
using System.Text;

namespace KbAlbertStream.Storage.Erasure;

/// <summary>
/// What takes the place of a reference that must go: a keyed hash. Rows that belonged together still do, and nobody
/// without the key can try out references. It holds the number of the erasure, so a text that comes later under the same
/// reference, and is erased in its turn, is not mixed up with the first.
/// </summary>
public sealed class ErasedNames
{
    private const string Prefix = "erased:";
    private const int Bytes = 12;

    private readonly byte[] _key;

    /// <summary>Derives its key from the secret <c>Text:HashKey</c>, so that one key does not serve two purposes.</summary>
    public ErasedNames(string hashKey) => _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(hashKey), 32, info: "kbas erasure 1"u8.ToArray());

    /// <summary>The name in one erasure.</summary>
    public string Of(long erasure, string reference) => Prefix + Hash(FormattableString.Invariant($"{erasure}\n{reference}"));

    /// <summary>The fingerprint in the audit row: who knows reference and key can find it again.</summary>
    public string Fingerprint(string type, string reference) => Hash($"{type}\n{reference}");

    private string Hash(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)).AsSpan(0, Bytes));
}
