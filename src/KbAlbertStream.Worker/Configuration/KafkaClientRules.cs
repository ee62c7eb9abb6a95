using Confluent.Kafka;
using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Worker.Configuration;

/// <summary>Checks the properties together, as the client gets them: files that are not there, mechanisms without a name.</summary>
internal static class KafkaClientRules
{
    /// <summary>What the client refuses to be made of. It connects to nobody.</summary>
    public static IEnumerable<ConfigurationError> Check(KafkaOptions options, KafkaProperties properties)
    {
        if (FaultOf(options, properties) is { } fault)
        {
            yield return new ConfigurationError(KafkaOptions.Section, null, $"librdkafka refuses it ({fault})");
        }
    }

    private static string? FaultOf(KafkaOptions options, KafkaProperties properties)
    {
        var settings = KafkaClientSettings.Producer(options, properties);

        // The one address that needs no resolving: the check must not depend on the network.
        settings["bootstrap.servers"] = "127.0.0.1:1";
        try
        {
            using var client = new ProducerBuilder<byte[], byte[]>(settings)
                .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
            return null;
        }
        catch (Exception fault) when (fault is InvalidOperationException or KafkaException or ArgumentException)
        {
            return fault.Message;
        }
    }
}
