using System.Globalization;
using KbAlbertStream.IntegrationTests.Faults.Checking;

namespace KbAlbertStream.IntegrationTests.Faults.Reporting;

/// <summary>One line of the table: what a fault did to a world.</summary>
/// <param name="Name">The fault.</param>
/// <param name="Times">How often it came.</param>
/// <param name="Restarts">How often a worker ended and was started again.</param>
/// <param name="Recoveries">Seconds from the end of each fault until what had been published by then was stored.</param>
/// <param name="Verdict">What the check found; null when it could not be made.</param>
/// <param name="Failure">What went wrong on the way; null when nothing did.</param>
internal sealed record FaultLine(
    string Name, int Times, int Restarts, IReadOnlyList<double> Recoveries, Verdict? Verdict, string? Failure)
{
    public const string Header =
        "| fault | times | published | rows | dead letters | lost | doubled | rollups | alerts opened/told | positions | "
        + "as without faults | restarts | recovery p50 / max |\n"
        + "|---|---:|---:|---:|---:|---:|---:|---|---:|---|---|---:|---:|";

    /// <summary>True when every figure is what it must be.</summary>
    public bool IsGood => Failure is null && Verdict is { Findings.Count: 0 };

    /// <summary>The line, in Markdown.</summary>
    public override string ToString()
    {
        var sorted = Recoveries.Order().ToArray();
        var recovery = sorted.Length == 0 ? "-" : string.Create(
            CultureInfo.InvariantCulture, $"{sorted[(sorted.Length - 1) / 2]:0.0} / {sorted[^1]:0.0} s");
        if (Verdict is not { } v)
        {
            return $"| {Name} | {Times} | FAILED: {Failure?.Split('\n')[0]} | | | | | | | | | {Restarts} | {recovery} |";
        }

        var gone = (v.Gone == 0 ? "" : $" ({v.Gone} went with the topic, unread)")
            + (v.SentTwice == 0 ? "" : $" ({v.SentTwice} of them twice by the producer)");
        var rest = v.Count(Broken.Log, Broken.DeadLetterTopic, Broken.Invented, Broken.Recovery);
        return $"| {Name} | {Times} | {v.Ledger.Count}{gone} | {v.Stored.Count(record => record.Id is not null)} | "
            + $"{v.Stored.Count(record => record.Id is null)} | {v.Count(Broken.Lost)} | {v.Count(Broken.Doubled)} | "
            + $"{Word(v, Broken.Rollups)} | {v.AlertsOpened} / {v.AlertsDelivered}{(v.Count(Broken.Deliveries) > 0 ? " WRONG" : "")} | "
            + $"{Word(v, Broken.Positions)} | {(v.HasReference ? Word(v, Broken.Reference) : "-")} | {Restarts} | {recovery} |"
            + (rest > 0 ? $" {rest} MORE FINDINGS" : "") + (Failure is null ? "" : $" FAILED: {Failure.Split('\n')[0]}");
    }

    private static string Word(Verdict verdict, Broken what) =>
        verdict.Count(what) is > 0 and var wrong ? $"{wrong} WRONG" : "exact";
}
