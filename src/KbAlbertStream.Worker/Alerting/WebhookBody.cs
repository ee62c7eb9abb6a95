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
        alert.Correction is { } correction ? Correction(alert, correction) : Alert(alert), Readable);

    private static JsonObject Correction(AlertNotice alert, AlertCorrection correction) => new()
    {
        ["type"] = "correction",
        ["event"] = "alert.corrected",
        ["alert_id"] = alert.AlertId,
        ["alert_key"] = alert.AlertKey,
        ["correction"] = correction.Number,
        ["kind"] = alert.Kind.ToWireName(),
        ["institution"] = alert.InstitutionId,
        ["opened_at"] = alert.OpenedAt.UtcDateTime,
        ["seen"] = alert.Seen,
        ["remaining"] = correction.Remaining,
        ["reason"] = correction.Reason,
        ["external_id"] = correction.ExternalId,
        ["by"] = correction.By.ToString(),
        ["recorded_at"] = correction.By.RecordedAt.UtcDateTime,
    };

    private static JsonObject Alert(AlertNotice alert) => new()
    {
        ["type"] = "alert",
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
    };
}
