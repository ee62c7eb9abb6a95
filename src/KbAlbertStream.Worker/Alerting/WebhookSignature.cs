using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>
/// <c>sha256=</c> and the lower-case hex of HMAC-SHA256(secret, timestamp + "." + body). The receiver computes it over
/// the header <c>X-KbAlbertStream-Timestamp</c> and the raw body, and refuses old timestamps: so nobody else can send
/// an alert, change one, or send one again.
/// </summary>
internal static class WebhookSignature
{
    public static string Of(string secret, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(timestamp.ToString(CultureInfo.InvariantCulture) + "."));
        hmac.AppendData(body);
        return "sha256=" + Convert.ToHexStringLower(hmac.GetHashAndReset());
    }
}
