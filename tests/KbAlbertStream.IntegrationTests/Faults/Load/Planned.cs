using System.Text;
using System.Text.Json;

namespace KbAlbertStream.IntegrationTests.Faults.Load;

/// <summary>A message that is about to be sent.</summary>
/// <param name="IsNews">Its kind: news, else a complaint.</param>
/// <param name="Place">Which partition, modulo how many there are.</param>
/// <param name="Id">Its id and key.</param>
/// <param name="At">Its event time and the record's timestamp.</param>
/// <param name="Value">Its bytes.</param>
/// <param name="IsGood">False for poison.</param>
internal sealed record Planned(bool IsNews, int Place, string Id, DateTimeOffset At, byte[] Value, bool IsGood)
{
    private static readonly string[] Rubbish = ["no json {0}", "[\"{0}\"]", "{{\"id\":\"{0}\"}}", "\"{0}", "{{\"id\":{0}}}"];

    public static Planned News(string id, int place, DateTimeOffset at, string title, string publisher) =>
        new(true, place, id, at, Json(new { id, publisher, title, published_at = at }), true);

    public static Planned Complaint(string id, int place, DateTimeOffset at, string text, string channel) =>
        new(false, place, id, at, Json(new { id, channel, text, received_at = at, customer_ref = $"ref-{id}" }), true);

    public static Planned Poison(string id, bool isNews, int place, DateTimeOffset at, int which) => new(
        isNews, place, id, at,
        Encoding.UTF8.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, Rubbish[which % Rubbish.Length], id)),
        false);

    private static byte[] Json(object message) => JsonSerializer.SerializeToUtf8Bytes(message);
}
