using System.Text;
using Microsoft.Extensions.Configuration;

namespace KbAlbertStream.Worker.Configuration;

/// <summary>The librdkafka properties that the user set, by client, under the names librdkafka knows.</summary>
/// <param name="Consumer">For the consumer: those for all clients and its own.</param>
/// <param name="Producer">For the producer: those for all clients and its own.</param>
public sealed record KafkaProperties(
    IReadOnlyDictionary<string, string> Consumer, IReadOnlyDictionary<string, string> Producer)
{
    /// <summary>The subsection with the consumer's own properties.</summary>
    public const string ConsumerSection = "Consumer";

    /// <summary>The subsection with the producer's own properties.</summary>
    public const string ProducerSection = "Producer";

    /// <summary>Reads section <c>Kafka</c> but for the keys that are options of our own.</summary>
    public static KafkaProperties Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(KafkaOptions.Section);
        var own = typeof(KafkaOptions).GetProperties().Select(property => property.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var common = section.GetChildren()
            .Where(child => child.Value is not null && !own.Contains(child.Key))
            .ToDictionary(child => PropertyName(child.Key), child => child.Value!);
        return new KafkaProperties(With(section.GetSection(ConsumerSection)), With(section.GetSection(ProducerSection)));

        Dictionary<string, string> With(IConfigurationSection client)
        {
            var properties = new Dictionary<string, string>(common);
            foreach (var child in client.GetChildren().Where(child => child.Value is not null))
            {
                properties[PropertyName(child.Key)] = child.Value!;
            }

            return properties;
        }
    }

    /// <summary>
    /// librdkafka's name for a key: itself when it has a dot, else words in Pascal case or joined by underscores
    /// become words joined by dots (<c>SessionTimeoutMs</c> and <c>session_timeout_ms</c>: <c>session.timeout.ms</c>).
    /// </summary>
    public static string PropertyName(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Contains('.', StringComparison.Ordinal))
        {
            return key;
        }

        var name = new StringBuilder(key.Length + 8);
        foreach (var c in key)
        {
            if (c is '_' or '-')
            {
                name.Append('.');
                continue;
            }

            if (char.IsAsciiLetterUpper(c) && name.Length > 0 && name[^1] != '.')
            {
                name.Append('.');
            }

            name.Append(char.ToLowerInvariant(c));
        }

        return name.ToString();
    }

    /// <summary>True when a property's value must never be printed.</summary>
    public static bool IsSecret(string property)
    {
        ArgumentNullException.ThrowIfNull(property);
        return property.Contains("password", StringComparison.Ordinal)
            || property.Contains("secret", StringComparison.Ordinal)
            || property.Contains(".pem", StringComparison.Ordinal)
            || property is "sasl.oauthbearer.config" or "sasl.username";
    }
}
