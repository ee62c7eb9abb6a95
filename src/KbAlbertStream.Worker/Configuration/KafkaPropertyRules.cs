using Confluent.Kafka;

namespace KbAlbertStream.Worker.Configuration;

/// <summary>Checks librdkafka properties one by one, so that every wrong one is named and not only the first.</summary>
internal static class KafkaPropertyRules
{
    private const string NoSuchProperty = "no such property";

    private static readonly Dictionary<string, string> Fixed = new()
    {
        ["enable.auto.commit"] = "is always off: an offset is committed only after its rows are durable",
        ["enable.auto.offset.store"] = "is always off: offsets are committed by position",
        ["enable.partition.eof"] = "is always on: the end of a log is stored with its position",
        ["group.id"] = "is set by Kafka:GroupId",
        ["bootstrap.servers"] = "is set by Kafka:BootstrapServers",
    };

    public static IEnumerable<ConfigurationError> Check(KafkaProperties properties)
    {
        foreach (var (name, value) in properties.Consumer)
        {
            if (Fixed.TryGetValue(name, out var why))
            {
                yield return ErrorOf(KafkaProperties.ConsumerSection, name, value, why);
            }
            else if (ConsumerModeRules.FaultOf(name, value, properties.Consumer) is { } conflict)
            {
                yield return ErrorOf(KafkaProperties.ConsumerSection, name, value, conflict);
            }
            else if (ConsumerFault(name, value) is { } fault)
            {
                yield return ErrorOf(KafkaProperties.ConsumerSection, name, value, fault);
            }
        }

        foreach (var (name, value) in properties.Producer.Where(pair => !SameAsConsumer(properties, pair)))
        {
            if (ProducerFault(name, value) is { } fault)
            {
                yield return ErrorOf(KafkaProperties.ProducerSection, name, value, fault);
            }
        }
    }

    private static bool SameAsConsumer(KafkaProperties properties, KeyValuePair<string, string> pair) =>
        properties.Consumer.TryGetValue(pair.Key, out var value) && value == pair.Value;

    // A property that is none may be a misspelt secret.
    private static ConfigurationError ErrorOf(string client, string name, string value, string reason) =>
        new($"{KafkaOptions.Section}:{client}:{name}",
            KafkaProperties.IsSecret(name) || reason.Contains(NoSuchProperty, StringComparison.Ordinal)
                ? ConfigurationError.HiddenValue
                : value,
            reason);

    // A client with the one property alone: librdkafka itself says whether it knows the name and takes the value.
    private static string? ConsumerFault(string name, string value) => FaultOf(name, () =>
    {
        var config = new Dictionary<string, string> { ["group.id"] = "check", [name] = value };
        using var consumer = new ConsumerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).Build();
    });

    private static string? ProducerFault(string name, string value) => FaultOf(name, () =>
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(new Dictionary<string, string> { [name] = value })
            .SetLogHandler((_, _) => { }).Build();
    });

    // Properties that only make sense together (SASL, TLS) are left to the real client: alone they say too much.
    private static string? FaultOf(string name, Action build)
    {
        try
        {
            build();
            return null;
        }
        catch (Exception fault) when (fault is InvalidOperationException or KafkaException or ArgumentException)
        {
            var refused = fault.Message.Contains("No such configuration property", StringComparison.OrdinalIgnoreCase)
                || fault.Message.Contains("nvalid value", StringComparison.Ordinal)
                || fault.Message.Contains("out of range", StringComparison.Ordinal);
            return refused ? $"librdkafka refuses it ({Gist(fault.Message, name)})" : null;
        }
    }

    private static string Gist(string message, string name) =>
        message.Contains("No such configuration property", StringComparison.OrdinalIgnoreCase)
            ? NoSuchProperty
            : KafkaProperties.IsSecret(name) ? "value not allowed" : message;
}
