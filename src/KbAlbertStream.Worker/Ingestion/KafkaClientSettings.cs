using KbAlbertStream.Worker.Configuration;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>The complete librdkafka properties of each client: our defaults, what the user set, what is fixed.</summary>
internal static class KafkaClientSettings
{
    /// <summary>For the consumer.</summary>
    public static Dictionary<string, string> Consumer(KafkaOptions options, KafkaProperties properties)
    {
        var settings = new Dictionary<string, string>
        {
            ["client.id"] = "kbalbertstream",

            // The log is read from its start where neither database nor user say otherwise; librdkafka's default is its end.
            ["auto.offset.reset"] = "earliest",

            // Bounds the memory of what is read ahead (the default is 64 MiB a partition), and refills soon after.
            ["queued.max.messages.kbytes"] = "16384",
            ["queued.min.messages"] = "2000",
            ["fetch.max.bytes"] = "16777216",
            ["fetch.queue.backoff.ms"] = "100",

            // A topic or partition made later is found after this time; the default is five minutes.
            ["topic.metadata.refresh.interval.ms"] = "10000",
            ["allow.auto.create.topics"] = "false",
            ["socket.keepalive.enable"] = "true",
            ["check.crcs"] = "true",
        };
        if (!ConsumerModeRules.IsConsumerProtocol(properties.Consumer))
        {
            settings["partition.assignment.strategy"] = "cooperative-sticky";
        }

        Overlay(settings, properties.Consumer);
        settings["bootstrap.servers"] = options.BootstrapServers;
        settings["group.id"] = options.GroupId;
        settings["enable.auto.commit"] = "false";
        settings["enable.auto.offset.store"] = "false";
        settings["enable.partition.eof"] = "true";
        return settings;
    }

    /// <summary>For the producer of dead letters.</summary>
    public static Dictionary<string, string> Producer(KafkaOptions options, KafkaProperties properties)
    {
        var settings = new Dictionary<string, string>
        {
            ["client.id"] = "kbalbertstream",
            ["acks"] = "all",

            // No idempotence: a dead letter may come twice after a crash anyway, and an idempotent producer can fail for
            // good. The broker, not the client, says what is too large.
            ["enable.idempotence"] = "false",
            ["message.max.bytes"] = "104857600",
            ["message.timeout.ms"] = "30000",
            ["linger.ms"] = "2",
            ["socket.keepalive.enable"] = "true",
        };
        Overlay(settings, properties.Producer);
        settings["bootstrap.servers"] = options.BootstrapServers;
        return settings;
    }

    private static void Overlay(Dictionary<string, string> settings, IReadOnlyDictionary<string, string> own)
    {
        foreach (var (name, value) in own)
        {
            settings[name] = value;
        }
    }
}
