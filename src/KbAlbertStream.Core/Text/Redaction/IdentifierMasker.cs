using System.Security.Cryptography;
using System.Text;
using KbAlbertStream.Core.Text.Normalisation;

namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>
/// Replaces an identifier that holds personal data by <c>h:</c> and 16 hex digits of HMAC-SHA256: it tells nothing
/// without the key (a plain hash of a resident number can be looked up by trying all), and still identifies.
/// </summary>
internal sealed class IdentifierMasker
{
    private const string Prefix = "h:";
    private const int HashBytes = 8;
    private const int ShortestKey = 16;

    private readonly Redactor _redactor;
    private readonly byte[] _key;

    public IdentifierMasker(Redactor redactor, string key)
    {
        if (key.Length is > 0 and < ShortestKey)
        {
            throw new ArgumentException($"the hash key needs at least {ShortestKey} characters", nameof(key));
        }

        _redactor = redactor;
        _key = Encoding.UTF8.GetBytes(key);
    }

    public string Mask(string raw, MaskCounts counts)
    {
        var identifier = TextNormaliser.Normalise(raw);
        var redacted = _redactor.Redact(identifier);
        counts.Add(redacted);
        return redacted.Counts.Count == 0 || _key.Length == 0
            ? redacted.Text
            : Hash(IsOnePlaceholder(redacted.Text) ? Essence(identifier) : identifier);
    }

    private string Hash(string value) =>
        Prefix + Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(value)).AsSpan(0, HashBytes));

    private static bool IsOnePlaceholder(string text) =>
        Placeholder.Pattern.EnumerateMatches(text) is var matches && matches.MoveNext()
        && matches.Current.Length == text.Length;

    // One number in all its spellings is one identifier.
    private static string Essence(string identifier) =>
        string.Concat(ShadowText.Of(identifier).Text.Where(c => char.IsLetterOrDigit(c) || c is '@' or '*'))
            .ToUpperInvariant();
}
