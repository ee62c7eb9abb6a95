using KbAlbertStream.IntegrationTests.Faults.Load;

namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>What a check found.</summary>
internal sealed record Verdict
{
    public required IReadOnlyList<Finding> Findings { get; init; }

    public required IReadOnlyList<LedgerEntry> Ledger { get; init; }

    /// <summary>How many of them the producer was not told of.</summary>
    public required int SentTwice { get; init; }

    public required IReadOnlyList<StoredRecord> Stored { get; init; }

    /// <summary>Records that left the log with their topic before anybody could read them.</summary>
    public required int Gone { get; init; }

    public required int AlertsOpened { get; init; }

    public required int AlertsDelivered { get; init; }

    /// <summary>Webhook posts that were taken; more than alerts when one was told again.</summary>
    public required int Posts { get; init; }

    /// <summary>Whether there was a run without faults to compare with.</summary>
    public required bool HasReference { get; init; }

    public int Count(params Broken[] which) => Findings.Count(finding => which.Contains(finding.What));
}
