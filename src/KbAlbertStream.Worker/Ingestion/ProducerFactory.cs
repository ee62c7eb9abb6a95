using Confluent.Kafka;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>Makes the producer of dead letters; its complaints are logged and counted.</summary>
internal static class ProducerFactory
{
    /// <summary>For a verb, which says itself what failed.</summary>
    public static IProducer<byte[], byte[]> CreateSilent(KafkaOptions options, KafkaProperties properties) =>
        new ProducerBuilder<byte[], byte[]>(KafkaClientSettings.Producer(options, properties))
            .SetErrorHandler((_, _) => { }).SetLogHandler((_, _) => { }).Build();

    public static IProducer<byte[], byte[]> Create(
        KafkaOptions options, KafkaProperties properties, WorkerMetrics metrics, ILogger logger) =>
        new ProducerBuilder<byte[], byte[]>(KafkaClientSettings.Producer(options, properties))
            .SetErrorHandler((_, error) =>
            {
                metrics.KafkaError("producer", error.Code);
                IngestionLog.Fault(logger, error.Code, error.Reason);
            })
            .SetLogHandler((_, message) => IngestionLog.Client(logger, message))
            .Build();
}
