using System.Text;
using System.Text.RegularExpressions;
using KbAlbertStream.Core.Text.Normalisation;

namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>
/// Masks the address of a message: values of parameters that let somebody in or name somebody, a user before the host,
/// and personal data anywhere, percent-encoded or not. What is not personal stays as it is.
/// </summary>
/// <remarks>1. The user. 2. The address as it stands. 3. Each part again with its percent-encoding undone.</remarks>
internal sealed partial class UrlMasker(Redactor redactor)
{
    // Links in links are encoded again.
    private const int MostEncodings = 3;

    [GeneratedRegex(@"(?<=://)[^/?#\s@\[\]]{1,400}(?=@)", RegexOptions.CultureInvariant)]
    private static partial Regex User { get; }

    [GeneratedRegex("[/?&#;]?[^/?&#;]*", RegexOptions.CultureInvariant)]
    private static partial Regex Part { get; }

    public string Mask(string raw, MaskCounts counts)
    {
        var url = TextNormaliser.Normalise(raw);
        if (User.IsMatch(url)) // 1
        {
            url = counts.Add(new Redacted(User.Replace(url, Placeholder.Of("TOKEN")), new Dictionary<string, int> { ["token"] = 1 }));
        }

        url = counts.Add(redactor.Redact(url)); // 2
        return url.AsSpan().ContainsAny('%', '+') // 3
            ? Part.Replace(url, match => MaskEncoded(match.Value, counts))
            : url;
    }

    private string MaskEncoded(string part, MaskCounts counts)
    {
        var decoded = part;
        for (var i = 0; i < MostEncodings && decoded.AsSpan().ContainsAny('%', '+'); i++)
        {
            decoded = Uri.UnescapeDataString(decoded.Replace('+', ' '));
        }

        if (decoded == part)
        {
            return part;
        }

        var redacted = redactor.Redact(TextNormaliser.Normalise(decoded));
        return redacted.Counts.Count == 0 ? part : Encoded(counts.Add(redacted));
    }

    private static string Encoded(string text) =>
        new StringBuilder(text).Replace("%", "%25").Replace(" ", "%20").Replace("+", "%2B").ToString();
}
