using KbAlbertStream.IntegrationTests.Faults.Load;
using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>
/// What the log holds once more than the producer was told: a broker that dies between the write and its answer may make
/// even an idempotent producer begin again under a new identity. Each is a record like any other, and a version of its text.
/// </summary>
internal static class SentTwice
{
    /// <summary>The records of messages that were acknowledged at another offset.</summary>
    public static IEnumerable<LedgerEntry> Of(LogSnapshot log, IReadOnlyCollection<LedgerEntry> ledger, int newsLife)
    {
        var acknowledged = ledger.Select(entry => entry.Key).ToHashSet();
        var byNumber = ledger.ToDictionary(entry => entry.Number);
        foreach (var (key, number) in log.Records)
        {
            if (!acknowledged.Contains(key) && byNumber.TryGetValue(number, out var entry)
                && (entry.Topic, entry.Timestamp) == (key.Topic, key.Timestamp))
            {
                yield return entry with
                {
                    Partition = key.Partition,
                    Offset = key.Offset,
                    Life = key.Topic == WorldTopics.News ? newsLife : entry.Life,
                };
            }
        }
    }
}
