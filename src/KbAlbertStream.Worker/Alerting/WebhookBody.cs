using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Storage.Alerts;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>The JSON that a webhook gets: UTF-8, snake_case, times in UTC. Titles in it are masked.</summary>
internal static class WebhookBody
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(AlertNotice alert) => JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject
        {
            ["event"] = "alert.opened",
            ["alert_id"] = alert.AlertId,
            ["alert_key"] = alert.AlertKey,
            ["rule"] = alert.Rule,
            ["kind"] = alert.Kind.ToWireName(),
            ["institution"] = alert.InstitutionId,
            ["severity"] = alert.Severity == Severity.Critical ? "critical" : "warning",
            ["opened_at"] = alert.OpenedAt.UtcDateTime,
            ["window_hours"] = alert.WindowHours,
            ["seen"] = alert.Seen,
            ["expected"] = alert.Expected,
            ["p"] = alert.P,
            ["publishers"] = alert.Publishers,
            ["level_per_day"] = alert.LevelPerDay,
            ["cold_start"] = alert.ColdStart,
            ["windows"] = JsonNode.Parse(alert.Windows.GetRawText()),
            ["evidence"] = JsonNode.Parse(alert.Evidence.GetRawText()),
            ["detector"] = alert.Detector,
            ["model"] = alert.ModelVersion,
        },
        Readable);
}
