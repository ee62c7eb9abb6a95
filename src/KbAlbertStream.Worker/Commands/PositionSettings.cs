using System.CommandLine;
using KbAlbertStream.Worker.Configuration;

namespace KbAlbertStream.Worker.Commands;

/// <summary>What the commands about positions need of the configuration: the servers, no model and no secret of texts.</summary>
/// <param name="Kafka">Section <c>Kafka</c>.</param>
/// <param name="Properties">The librdkafka properties in it.</param>
/// <param name="Database">Section <c>Database</c>.</param>
internal sealed record PositionSettings(KafkaOptions Kafka, KafkaProperties Properties, DatabaseOptions Database)
{
    /// <summary>Reads and checks them.</summary>
    /// <exception cref="InvalidConfigurationException">With every error.</exception>
    public static PositionSettings Read(ParseResult parsed)
    {
        var configuration = ConfigurationSources.Build(
            parsed.GetValue(CommandLine.Config)?.FullName, parsed.GetValue(CommandLine.Set)!);
        var reader = new OptionsReader(configuration);
        var settings = new PositionSettings(
            reader.Read(KafkaOptions.Section, new KafkaOptionsRules(), freeKeys: true),
            KafkaProperties.Read(configuration),
            reader.Read(DatabaseOptions.Section, new DatabaseOptionsRules()));
        foreach (var error in KafkaPropertyRules.Check(settings.Properties))
        {
            reader.Add(error);
        }

        reader.ThrowIfWrong();
        return settings;
    }
}
