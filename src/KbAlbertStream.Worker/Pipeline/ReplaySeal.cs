using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Confluent.Kafka;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>
/// Marks a record as the replay of an earlier one, and knows its own marks again. Whoever may write to a topic can set
/// headers; without the seal a forged one could occupy the key of a record that is still to come.
/// </summary>
/// <remarks>
/// The seal is HMAC-SHA256 over the original position, the digest of the key and the digest of the value, with a key
/// derived (HKDF) from <c>Text:HashKey</c>, so that one secret does not serve two purposes.
/// </remarks>
internal sealed partial class ReplaySeal(string hashKey)
{
    /// <summary>Where the original stands: <c>topic[partition]@offset recorded MILLISECONDS</c>.</summary>
    public const string PositionHeader = "x-kbas-replay-of";

    /// <summary>The seal, in hex.</summary>
    public const string SignatureHeader = "x-kbas-replay-signature";

    private const int KeyBytes = 32;

    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(hashKey), KeyBytes, info: "kbas replay 1"u8.ToArray());

    /// <summary>Adds the two headers for a replay of what stands at a position.</summary>
    public void Add(Headers headers, RecordPosition original, byte[]? key, byte[]? value)
    {
        var position = FormattableString.Invariant(
            $"{original} recorded {original.RecordedAt.ToUnixTimeMilliseconds()}");
        headers.Add(PositionHeader, Encoding.ASCII.GetBytes(position));
        headers.Add(SignatureHeader, Encoding.ASCII.GetBytes(Sign(position, key, value)));
    }

    /// <summary>True when the record says that it is a replay.</summary>
    public static bool IsClaimed(Headers? headers) => headers is not null && headers.TryGetLastBytes(PositionHeader, out _);

    /// <summary>
    /// The original position of a replay. False when it does not bear our seal, or when the original stood in another
    /// topic than the one the replay was read from: copies in other topics are records of their own.
    /// </summary>
    public bool TryOpen(
        Headers headers, RecordPosition readAt, byte[]? key, byte[]? value, out RecordPosition original)
    {
        original = default;
        if (!headers.TryGetLastBytes(PositionHeader, out var position) || position is null
            || !headers.TryGetLastBytes(SignatureHeader, out var signature) || signature is null)
        {
            return false;
        }

        var text = Encoding.ASCII.GetString(position);
        var expected = Encoding.ASCII.GetBytes(Sign(text, key, value));
        if (!CryptographicOperations.FixedTimeEquals(expected, signature)
            || Form().Match(text) is not { Success: true } match
            || match.Groups["topic"].Value != readAt.Topic)
        {
            return false;
        }

        original = readAt with
        {
            RecordedAt = RecordPosition.RecordedAtOf(Number(match, "time")),
            Partition = (int)Number(match, "partition"),
            Offset = Number(match, "offset"),
        };
        return true;
    }

    private static long Number(Match match, string group) =>
        long.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private string Sign(string position, byte[]? key, byte[]? value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(
            _key, Encoding.ASCII.GetBytes($"{position}\n{DigestOf(key)}\n{DigestOf(value)}")));

    private static string DigestOf(byte[]? bytes) =>
        bytes is null ? "none" : Convert.ToHexStringLower(SHA256.HashData(bytes));

    [GeneratedRegex(
        @"\A(?<topic>[A-Za-z0-9._-]{1,249})\[(?<partition>[0-9]{1,9})\]@(?<offset>[0-9]{1,18}) recorded (?<time>[0-9]{1,18})\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
