using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Core.Text;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>
/// Scores without an encoder, of the model's shape: 3, 19 and 17 probabilities. About three texts in ten are negative
/// with one label, by a checksum of the text. Only for measuring what is not the encoder.
/// </summary>
internal static class StubScores
{
    private static readonly ImmutableArray<string> Sentiments = ["negative", "neutral", "positive"];
    private static readonly ImmutableArray<string> Reputation = Names("reputation", 19);
    private static readonly ImmutableArray<string> Compliance = Names("compliance", 17);

    public static IReadOnlyList<RiskScores> Score(IReadOnlyList<PreparedText> texts) => [.. texts.Select(Score)];

    private static RiskScores Score(PreparedText text)
    {
        var draw = Crc32.HashToUInt32(Encoding.UTF8.GetBytes(text.ModelInput));
        var label = draw % 10 < 3 ? (int)(draw / 10 % 19) : -1;
        return new RiskScores(
            new HeadScores(
                "sentiment", Sentiments, label < 0 ? [0.0512f, 0.8976f, 0.0512f] : [0.9312f, 0.0456f, 0.0232f],
                [label < 0 ? "neutral" : "negative"]),
            Head("reputation", Reputation, label),
            Head("compliance", Compliance, -1),
            label < 0 ? [] : [new Evidence(Reputation[label], text.Text[..Math.Min(60, text.Text.Length)])],
            1);
    }

    private static HeadScores Head(string name, ImmutableArray<string> labels, int chosen) => new(
        name, labels, [.. labels.Select((_, i) => i == chosen ? 0.9312f : 0.0123f)], chosen < 0 ? [] : [labels[chosen]]);

    private static ImmutableArray<string> Names(string head, int labels) =>
        [.. Enumerable.Range(0, labels).Select(i => $"{head}_label_{i}")];
}
