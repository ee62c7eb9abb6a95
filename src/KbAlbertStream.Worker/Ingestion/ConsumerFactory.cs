using Confluent.Kafka;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>Makes the consumer of a <see cref="KafkaSource"/> and ties librdkafka's callbacks to it.</summary>
internal sealed class ConsumerFactory(
    KafkaOptions options,
    KafkaProperties properties,
    ILogger<ConsumerFactory> logger,
    Func<IConsumer<byte[], byte[]>, IConsumer<byte[], byte[]>>? wrap = null,
    CrashIsolation? isolation = null)
{
    private readonly Dictionary<string, string> _settings = KafkaClientSettings.Consumer(options, properties);

    /// <summary>Where a partition starts that the database knows nothing of: where auto.offset.reset says.</summary>
    public Offset StartWithoutPosition =>
        _settings["auto.offset.reset"] is "latest" or "largest" or "end" ? Offset.End : Offset.Beginning;

    /// <summary>A new consumer. Its callbacks run inside its Consume and Close, on the thread that calls them.</summary>
    public IConsumer<byte[], byte[]> Create(KafkaSource source)
    {
        IConsumer<byte[], byte[]>? whole = null;

        // Where a partition starts is decided here, never by the client: an offset that the log does not hold is an error.
        var consumer = new ConsumerBuilder<byte[], byte[]>(
                new Dictionary<string, string>(_settings) { ["auto.offset.reset"] = "error" })
            .SetPartitionsAssignedHandler((_, partitions) => source.OnAssigned(partitions))
            .SetPartitionsRevokedHandler((own, revoked) =>
            {
                TopicPartition[] partitions = [.. revoked.Select(partition => partition.TopicPartition)];
                source.OnRevoked(whole ?? own, partitions);
                isolation?.End(partitions);
            })
            .SetPartitionsLostHandler((_, partitions) =>
                source.OnLost([.. partitions.Select(partition => partition.TopicPartition)]))
            .SetErrorHandler((_, error) => source.Report(error))
            .SetLogHandler((_, message) => IngestionLog.Client(logger, message))
            .Build();
        whole = wrap?.Invoke(consumer) ?? consumer;
        return whole;
    }
}
