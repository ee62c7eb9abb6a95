using Confluent.Kafka;
using KbAlbertStream.IntegrationTests.Faults.Load;

namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>Reads topics with a client of its own.</summary>
internal sealed class KafkaLog(string servers)
{
    private const int Attempts = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The end of every partition.</summary>
    public Dictionary<TopicPartition, long> Ends(IEnumerable<TopicPartition> partitions)
    {
        using var consumer = Consumer("checker");
        return partitions.ToDictionary(partition => partition, partition => End(consumer, partition));
    }

    /// <summary>What a group has committed; nothing for partitions without.</summary>
    public Dictionary<TopicPartition, long> Committed(string group, IEnumerable<TopicPartition> partitions)
    {
        using var consumer = Consumer(group);
        return consumer.Committed(partitions, Patience).Where(committed => !committed.Offset.IsSpecial)
            .ToDictionary(committed => committed.TopicPartition, committed => committed.Offset.Value);
    }

    /// <summary>Every record of the partitions.</summary>
    public List<T> Read<T>(IReadOnlyList<TopicPartition> partitions, Func<ConsumeResult<string, byte[]>, T> read)
    {
        using var consumer = Consumer("checker");
        var open = partitions.ToDictionary(partition => partition, partition => End(consumer, partition))
            .Where(end => end.Value > 0).ToDictionary();
        consumer.Assign(open.Keys.Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));
        var records = new List<T>();
        while (open.Count > 0)
        {
            var record = consumer.Consume(Patience);
            Assert.True(record is not null, $"{open.Count} partitions cannot be read to their end");
            if (record.IsPartitionEOF)
            {
                open.Remove(record.TopicPartition);
                continue;
            }

            records.Add(read(record));
        }

        return records;
    }

    /// <summary>The key of a record.</summary>
    public static RecordKey KeyOf(ConsumeResult<string, byte[]> record) => new(
        record.Topic, record.Partition.Value, record.Offset.Value, record.Message.Timestamp.UnixTimestampMs);

    private static long End(IConsumer<string, byte[]> consumer, TopicPartition partition)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return consumer.QueryWatermarkOffsets(partition, Patience).High.Value;
            }
            catch (KafkaException fault) when (attempt < Attempts && !fault.Error.IsFatal)
            {
                // A new client does not know every partition yet: asking for the topic makes it look.
                using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
                admin.GetMetadata(partition.Topic, Patience);
            }
        }
    }

    private IConsumer<string, byte[]> Consumer(string group) =>
        new ConsumerBuilder<string, byte[]>(new ConsumerConfig
        {
            BootstrapServers = servers,
            GroupId = group,
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
}
