using System.Globalization;
using System.Text;
using Confluent.Kafka;
using KbAlbertStream.IntegrationTests.Faults.Load;
using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>What the brokers hold once nothing is written any more.</summary>
/// <param name="Ends">Where the partitions end.</param>
/// <param name="Committed">What the workers' group has committed.</param>
/// <param name="Records">Every record of the topics that workers read, with its place among all that was sent.</param>
/// <param name="DeadLetters">Of every record in a dead-letter topic where it came from.</param>
internal sealed record LogSnapshot(
    IReadOnlyDictionary<TopicPartition, long> Ends,
    IReadOnlyDictionary<TopicPartition, long> Committed,
    IReadOnlyDictionary<RecordKey, int> Records,
    IReadOnlySet<RecordKey> DeadLetters)
{
    public static LogSnapshot Read(string servers)
    {
        var log = new KafkaLog(servers);
        var deadLetterTopics = new[] { WorldTopics.News, WorldTopics.Complaints }
            .Select(topic => new TopicPartition(topic + WorldTopics.DeadLetterSuffix, 0)).ToArray();
        return new LogSnapshot(
            log.Ends(WorldTopics.Partitions),
            log.Committed("faults", WorldTopics.Partitions),
            log.Read(WorldTopics.Partitions, record => (Key: KafkaLog.KeyOf(record), Number: Number(record)))
                .ToDictionary(record => record.Key, record => record.Number),
            log.Read(deadLetterTopics, Origin).ToHashSet());
    }

    private static int Number(ConsumeResult<string, byte[]> record) => int.Parse(
        Encoding.ASCII.GetString(record.Message.Headers.GetLastBytes("number")), CultureInfo.InvariantCulture);

    private static RecordKey Origin(ConsumeResult<string, byte[]> record) => new(
        Header(record, "topic"),
        int.Parse(Header(record, "partition"), CultureInfo.InvariantCulture),
        long.Parse(Header(record, "offset"), CultureInfo.InvariantCulture),
        record.Message.Timestamp.UnixTimestampMs);

    private static string Header(ConsumeResult<string, byte[]> record, string name) =>
        Encoding.UTF8.GetString(record.Message.Headers.GetLastBytes($"__connect.errors.{name}"));
}
