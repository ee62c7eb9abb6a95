using System.Text.Json;
using System.Text.Json.Nodes;
using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>The JSON columns of an alert.</summary>
internal static class AlertJson
{
    private static readonly JsonSerializerOptions SnakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Windows(SpikeVerdict verdict) => JsonSerializer.Serialize(verdict.Windows, SnakeCase);

    public static string Evidence(IEnumerable<SeenText> texts, IReadOnlyDictionary<SeenText, EvidenceRow> rows) =>
        new JsonArray([.. texts.Select(text => (JsonNode)new JsonObject
        {
            ["topic"] = text.Position.Topic,
            ["partition"] = text.Position.Partition,
            ["offset"] = text.Position.Offset,
            ["recorded_at"] = text.Position.RecordedAt,
            ["occurred_at"] = text.OccurredAt,
            ["source"] = text.Source,
            ["title"] = rows.GetValueOrDefault(text)?.Title,
            ["url"] = rows.GetValueOrDefault(text)?.Url,
            ["labels"] = new JsonArray([.. text.Categories.Select(c => JsonValue.Create(c))]),
            ["spans"] = JsonNode.Parse(rows.GetValueOrDefault(text)?.Spans ?? "[]"),
            ["negative_reputation"] = Math.Round(text.NegativeReputation, 4),
        })]).ToJsonString(SnakeCase);
}
