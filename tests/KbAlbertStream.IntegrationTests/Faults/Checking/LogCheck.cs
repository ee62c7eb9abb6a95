using KbAlbertStream.IntegrationTests.Faults.Load;
using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>The log holds what the ledger says, and the dead-letter topics the originals of all poison.</summary>
internal static class LogCheck
{
    /// <summary>Compares the log, in its topics' present life, with the ledger.</summary>
    public static IEnumerable<Finding> Compare(LogSnapshot log, IReadOnlyCollection<LedgerEntry> ledger, int newsLife)
    {
        var sent = ledger.Where(entry => entry.Topic != WorldTopics.News || entry.Life == newsLife)
            .Select(entry => entry.Key).ToHashSet();
        return sent.Except(log.Records.Keys).Select(key => new Finding(Broken.Log, $"{key} was acknowledged and is not there"))
            .Concat(log.Records.Keys.Except(sent).Select(key => new Finding(Broken.Log, $"{key} is there and was not acknowledged")));
    }

    /// <summary>Compares the dead-letter topics with the poison that is stored.</summary>
    public static IEnumerable<Finding> CompareDeadLetters(
        LogSnapshot log, IReadOnlyCollection<LedgerEntry> ledger, IReadOnlyCollection<StoredRecord> stored)
    {
        var letters = stored.Where(record => record.Id is null).Select(record => record.Key).ToHashSet();
        return ledger.Where(entry => !entry.IsGood && letters.Contains(entry.Key) && !log.DeadLetters.Contains(entry.Key))
            .Select(entry => new Finding(Broken.DeadLetterTopic, $"{entry.Key} has a dead letter and no original in its topic"));
    }
}
