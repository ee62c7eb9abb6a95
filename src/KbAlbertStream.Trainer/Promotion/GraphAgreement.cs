using System.Globalization;

namespace KbAlbertStream.Trainer.Promotion;

/// <summary>How one way of computing a bundle's network compares with torch on the same texts.</summary>
/// <param name="Way">What computed.</param>
/// <param name="LargestDifference">The largest difference of a logit.</param>
/// <param name="SameLabels">The share of texts that get the same labels of every head.</param>
/// <param name="TokensPerSecond">Tokens of the texts over the time of the passes.</param>
internal sealed record GraphAgreement(string Way, double LargestDifference, double SameLabels, double TokensPerSecond)
{
    public const string Header = "| way | largest difference of a logit | texts with the same labels | tokens/s |\n|---|---:|---:|---:|";

    /// <summary>A row of a Markdown table.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"| {Way} | {LargestDifference:E1} | {SameLabels:P2} | {TokensPerSecond:N0} |");
}
