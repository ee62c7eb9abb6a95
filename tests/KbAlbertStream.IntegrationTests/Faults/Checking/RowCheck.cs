using KbAlbertStream.IntegrationTests.Faults.Load;
using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>Every record of the ledger is exactly one row or one dead letter, and nothing else is there.</summary>
internal static class RowCheck
{
    private const string Keys =
        """topic, "partition", "offset", (extract(epoch FROM recorded_at) * 1000)::bigint""";

    /// <summary>What is stored: rows by id, dead letters without.</summary>
    public static Task<List<StoredRecord>> ReadAsync(SqlQuery database) => database.RowsAsync(
        $"""
        SELECT {Keys}, external_id FROM scored_events
        UNION ALL
        SELECT {Keys}, NULL FROM dead_letters
        """,
        reader => new StoredRecord(
            new RecordKey(reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetInt64(3)),
            reader.IsDBNull(4) ? null : reader.GetString(4)));

    /// <summary>Compares.</summary>
    /// <param name="ledger">What was published.</param>
    /// <param name="stored">What the database holds.</param>
    /// <param name="isGone">True for a record that left the log before anybody could read it.</param>
    public static IEnumerable<Finding> Compare(
        IReadOnlyCollection<LedgerEntry> ledger, IReadOnlyCollection<StoredRecord> stored, Func<LedgerEntry, bool> isGone)
    {
        var byKey = stored.ToLookup(record => record.Key);
        foreach (var entry in ledger)
        {
            var found = byKey[entry.Key].ToList();
            if (found.Count == 0 && !isGone(entry))
            {
                yield return new Finding(Broken.Lost, $"{entry.Key} {entry.Id}");
            }

            if (found.Count > 1)
            {
                yield return new Finding(Broken.Doubled, $"{entry.Key} {entry.Id} is stored {found.Count} times");
            }

            if (found.Count > 0 && found[0].Id != (entry.IsGood ? entry.Id : null))
            {
                yield return new Finding(Broken.Invented, $"{entry.Key} {entry.Id} is stored as {found[0].Id ?? "a dead letter"}");
            }
        }

        var sent = ledger.Where(entry => entry.IsGood).CountBy(entry => entry.Id).ToDictionary();
        foreach (var twice in stored.Where(record => record.Id is not null).GroupBy(record => record.Id!)
            .Where(rows => rows.Count() > Math.Max(1, sent.GetValueOrDefault(rows.Key))))
        {
            yield return new Finding(Broken.Doubled, $"{twice.Key} stands in {twice.Count()} rows");
        }

        var published = ledger.Select(entry => entry.Key).ToHashSet();
        foreach (var record in stored.Where(record => !published.Contains(record.Key)))
        {
            yield return new Finding(Broken.Invented, $"{record.Key} {record.Id}");
        }
    }
}
