using KbAlbertStream.IntegrationTests.Faults.Load;
using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>
/// Says what is not as it must be, by plain SQL and a Kafka client of its own. It shares no code with the workers. The
/// load must have stopped, and the workers have done all there was to do.
/// </summary>
internal sealed class Checker(FaultWorld world, LogSnapshot log, SqlQuery? reference, Func<LedgerEntry, bool> isGone)
{
    /// <summary>Checks everything.</summary>
    /// <param name="database">The workers' database, or a copy of it.</param>
    public async Task<Verdict> CheckAsync(SqlQuery database)
    {
        var acknowledged = world.Load.Ledger.Entries();
        LedgerEntry[] ledger = [.. acknowledged, .. SentTwice.Of(log, acknowledged, world.Topics.Life)];
        var stored = await RowCheck.ReadAsync(database);
        var alerts = await AlertCheck.ReadAsync(database);
        var posted = world.Receiver.Keys();
        var positions = await database.RowsAsync(
            """SELECT topic, "partition", next_offset FROM partition_progress""",
            reader => (Key: (reader.GetString(0), reader.GetInt32(1)), Next: reader.GetInt64(2)));
        List<Finding> findings =
        [
            .. world.Load.Refused.Select(fault => new Finding(Broken.Log, $"not acknowledged: {fault}")),
            .. LogCheck.Compare(log, ledger, world.Topics.Life),
            .. RowCheck.Compare(ledger, stored, isGone),
            .. LogCheck.CompareDeadLetters(log, ledger, stored),
            .. await RollupCheck.CompareAsync(database),
            .. AlertCheck.Compare(alerts, posted),
            .. PositionCheck.Compare(
                positions.ToDictionary(row => row.Key, row => row.Next),
                log.Ends,
                log.Committed),
            .. reference is null ? [] : await ReferenceCheck.CompareAsync(database, reference),
        ];
        return new Verdict
        {
            Findings = findings,
            Ledger = ledger,
            SentTwice = ledger.Length - acknowledged.Length,
            Stored = stored,
            Gone = ledger.Count(isGone),
            AlertsOpened = alerts.Count,
            AlertsDelivered = alerts.Count(alert => posted.Contains(alert.Key)),
            Posts = posted.Count,
            HasReference = reference is not null,
        };
    }
}
