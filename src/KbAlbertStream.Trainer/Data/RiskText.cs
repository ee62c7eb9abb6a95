using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KbAlbertStream.Trainer.Data;

/// <summary>A text of the risk data with its labels, as it stands in the .jsonl files.</summary>
internal sealed record RiskText
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary><c>news</c> or <c>complaint</c>.</summary>
    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    [JsonPropertyName("title")]
    public string Title { get; init; } = "";

    [JsonPropertyName("text")]
    public string Text { get; init; } = "";

    /// <summary>The institution that the text is about, as written in it; empty when there is none.</summary>
    [JsonPropertyName("entity")]
    public string Entity { get; init; } = "";

    [JsonPropertyName("sentiment")]
    public required string Sentiment { get; init; }

    [JsonPropertyName("reputation")]
    public required ImmutableArray<string> Reputation { get; init; }

    [JsonPropertyName("compliance")]
    public required ImmutableArray<string> Compliance { get; init; }

    /// <summary>Reads one file of the folder <c>risk</c>.</summary>
    public static IEnumerable<RiskText> Read(string data, string name) =>
        File.ReadLines(Path.Combine(data, "risk", $"{name}.jsonl"))
            .Where(line => line.Length > 0)
            .Select(line => JsonSerializer.Deserialize<RiskText>(line)!);
}
