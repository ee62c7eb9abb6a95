using System.Globalization;
using System.Text;
using Confluent.Kafka;
using KbAlbertStream.IntegrationTests.Faults.Load;
using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>The log holds what the ledger says, and the dead-letter topics the originals of all poison.</summary>
internal static class LogCheck
{
    /// <summary>Compares the log, in its topics' present life, with the ledger.</summary>
    public static IEnumerable<Finding> Compare(KafkaLog log, IReadOnlyCollection<LedgerEntry> ledger, int newsLife)
    {
        var held = log.Read(WorldTopics.Partitions, KafkaLog.KeyOf).ToHashSet();
        var sent = ledger.Where(entry => entry.Topic != WorldTopics.News || entry.Life == newsLife)
            .Select(entry => entry.Key).ToHashSet();
        return sent.Except(held).Select(key => new Finding(Broken.Log, $"{key} was acknowledged and is not there"))
            .Concat(held.Except(sent).Select(key => new Finding(Broken.Log, $"{key} is there and was not acknowledged")));
    }

    /// <summary>Compares the dead-letter topics with the poison that is stored.</summary>
    public static IEnumerable<Finding> CompareDeadLetters(
        KafkaLog log, IReadOnlyCollection<LedgerEntry> ledger, IReadOnlyCollection<StoredRecord> stored)
    {
        var topics = new[] { WorldTopics.News, WorldTopics.Complaints }
            .Select(topic => new TopicPartition(topic + WorldTopics.DeadLetterSuffix, 0)).ToArray();
        var published = log.Read(topics, record => (
            Header(record, "topic"),
            int.Parse(Header(record, "partition"), CultureInfo.InvariantCulture),
            long.Parse(Header(record, "offset"), CultureInfo.InvariantCulture),
            record.Message.Timestamp.UnixTimestampMs)).Select(key => new RecordKey(key.Item1, key.Item2, key.Item3, key.UnixTimestampMs))
            .ToHashSet();
        var letters = stored.Where(record => record.Id is null).Select(record => record.Key).ToHashSet();
        var poison = ledger.Where(entry => !entry.IsGood).Select(entry => entry.Key);
        return poison.Where(letters.Contains).Where(key => !published.Contains(key))
            .Select(key => new Finding(Broken.DeadLetterTopic, $"{key} has a dead letter and no original in its topic"));
    }

    private static string Header(ConsumeResult<string, byte[]> record, string name) =>
        Encoding.UTF8.GetString(record.Message.Headers.GetLastBytes($"__connect.errors.{name}"));
}
