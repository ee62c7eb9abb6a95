using KbAlbertStream.Core.Messages;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Worker.Alerting;
using Microsoft.Extensions.Configuration;

namespace KbAlbertStream.Worker.Configuration;

/// <summary>All that the service is configured with, read and checked as a whole.</summary>
public sealed record WorkerSettings
{
    /// <summary>The name of the section with the limits of a message.</summary>
    public const string MessagesSection = "Messages";

    /// <summary>The name of the section that says how the encoder runs.</summary>
    public const string EncoderSection = "Encoder";

    private WorkerSettings()
    {
    }

    /// <summary>Section <c>Kafka</c>.</summary>
    public required KafkaOptions Kafka { get; init; }

    /// <summary>The librdkafka properties in section <c>Kafka</c>.</summary>
    public required KafkaProperties KafkaProperties { get; init; }

    /// <summary>Section <c>Batching</c>.</summary>
    public required BatchingOptions Batching { get; init; }

    /// <summary>Section <c>Database</c>.</summary>
    public required DatabaseOptions Database { get; init; }

    /// <summary>Section <c>Messages</c>.</summary>
    public required MessageLimits Messages { get; init; }

    /// <summary>Section <c>Text</c>.</summary>
    public required MaskingOptions Masking { get; init; }

    /// <summary>Section <c>Institutions</c>.</summary>
    public required InstitutionsOptions Institutions { get; init; }

    /// <summary>Section <c>Complaints</c>.</summary>
    public required ComplaintsOptions Complaints { get; init; }

    /// <summary>Section <c>Model</c>.</summary>
    public required ModelOptions Model { get; init; }

    /// <summary>Section <c>Encoder</c>.</summary>
    public required EncoderOptions Encoder { get; init; }

    /// <summary>Section <c>Alerting</c>.</summary>
    public required AlertingOptions Alerting { get; init; }

    /// <summary>Section <c>Service</c>.</summary>
    public required ServiceOptions Service { get; init; }

    /// <summary>Reads and checks every section.</summary>
    /// <exception cref="InvalidConfigurationException">With every error of every section.</exception>
    public static WorkerSettings Read(IConfiguration configuration)
    {
        var reader = new OptionsReader(configuration);
        var settings = new WorkerSettings
        {
            Kafka = reader.Read(KafkaOptions.Section, new KafkaOptionsRules(), freeKeys: true),
            KafkaProperties = KafkaProperties.Read(configuration),
            Batching = reader.Read<BatchingOptions>(BatchingOptions.Section),
            Database = reader.Read(DatabaseOptions.Section, new DatabaseOptionsRules()),
            Messages = reader.Read<MessageLimits>(MessagesSection),
            Masking = reader.Read<MaskingOptions>(MaskingOptions.Section),
            Institutions = reader.Read<InstitutionsOptions>(InstitutionsOptions.Section),
            Complaints = reader.Read<ComplaintsOptions>(ComplaintsOptions.Section),
            Model = reader.Read<ModelOptions>(ModelOptions.Section),
            Encoder = reader.Read<EncoderOptions>(EncoderSection),
            Alerting = reader.Read(AlertingOptions.Section, new AlertingOptionsRules()),
            Service = reader.Read<ServiceOptions>(ServiceOptions.Section),
        };
        var kafka = KafkaPropertyRules.Check(settings.KafkaProperties).ToList();
        kafka.AddRange(kafka.Count == 0 ? KafkaClientRules.Check(settings.Kafka, settings.KafkaProperties) : []);
        foreach (var error in kafka)
        {
            reader.Add(error);
        }

        reader.ThrowIfWrong();
        return settings;
    }
}
