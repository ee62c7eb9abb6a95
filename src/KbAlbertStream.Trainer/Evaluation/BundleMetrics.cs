using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>The figures of a bundle, as <c>metrics.json</c> holds them. Shares are 0 to 1.</summary>
/// <param name="Heads">By head, on risk/valid and valid-2.</param>
/// <param name="Nsmc">nsmc/test by the binary rule.</param>
/// <param name="RealHeadlines">Event or none, on kept-out labelled headlines.</param>
/// <param name="OtherHeadlines">Kept-out headlines of sport, world, life and IT.</param>
internal sealed record BundleMetrics(
    SortedDictionary<string, HeadMetrics> Heads,
    NsmcMetrics Nsmc,
    EventMetrics RealHeadlines,
    FlagMetrics OtherHeadlines)
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new RoundedNumbers() },
    };

    /// <summary>Two trainings with different seeds differ by about this much in every figure of a head.</summary>
    public double SeedSpread { get; } = 0.02;

    /// <summary>The contents of <c>metrics.json</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Readable) + "\n";
}
