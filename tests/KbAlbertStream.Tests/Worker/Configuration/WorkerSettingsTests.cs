using KbAlbertStream.Worker.Configuration;
using Microsoft.Extensions.Configuration;

namespace KbAlbertStream.Tests.Worker.Configuration;

public sealed class WorkerSettingsTests
{
    private static readonly (string Key, string? Value)[] Enough =
    [
        ("Kafka:BootstrapServers", "broker:9092"),
        ("Database:ConnectionString", "Host=db;Database=risk"),
        ("Text:HashKey", "sixteen characters"),
    ];

    [Fact]
    public void The_required_settings_are_enough()
    {
        var settings = Read(Enough);

        Assert.Equal("broker:9092", settings.Kafka.BootstrapServers);
        Assert.Equal(1000, settings.Batching.MaxRecords);
    }

    [Fact]
    public void Promise_7_the_errors_of_all_sections_come_at_once_with_key_and_value()
    {
        var wrong = Assert.Throws<InvalidConfigurationException>(() => Read(
            ("Kafka:NewsTopics", "a b"), ("Kafka:MaxUnpolled", "01:00:00"), ("Batching:MaxRecords", "0"),
            ("Database:ConnectionString", "nonsense"), ("Database:MaxRetry", "00:00:00.020"), ("Text:HashKey", "hush"),
            ("Messages:MaxBytes", "1"), ("Encoder:Provider", "tpu"), ("Service:ShutdownTime", "soon"),
            ("Kafka:Producer:nonsense", "1")));

        Assert.Equal(
            [
                "Batching:MaxRecords", "Database:ConnectionString", "Database:MaxRetry", "Encoder:Provider",
                "Kafka:BootstrapServers", "Kafka:MaxUnpolled", "Kafka:NewsTopics", "Kafka:Producer:nonsense",
                "Messages:MaxBytes", "Service:ShutdownTime", "Text:HashKey",
            ],
            wrong.Errors.Select(error => error.Key).Distinct().Order(StringComparer.Ordinal));
        Assert.All(wrong.Errors, error => Assert.Contains(error.ToString(), wrong.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("hush", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_in_a_broken_connection_string_is_not_printed()
    {
        var wrong = Assert.Throws<InvalidConfigurationException>(
            () => Read([.. Enough, ("Database:ConnectionString", "Host=db;Password=topsecret;Port=many")]));

        Assert.DoesNotContain("topsecret", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_key_of_the_shipped_file_is_an_option_with_its_default()
    {
        var file = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: false).Build();
        var shipped = WorkerSettings.Read(new ConfigurationBuilder().AddConfiguration(file).AddInMemoryCollection(
            Enough.Select(pair => KeyValuePair.Create(pair.Key, pair.Value))).Build());
        var defaults = Read(Enough);

        Assert.Equivalent(defaults.Kafka, shipped.Kafka, strict: true);
        Assert.Empty(shipped.KafkaProperties.Consumer);
        Assert.Equivalent(defaults.Batching, shipped.Batching, strict: true);
        Assert.Equivalent(defaults.Database, shipped.Database, strict: true);
        Assert.Equivalent(defaults.Messages, shipped.Messages, strict: true);
        Assert.Equivalent(defaults.Masking, shipped.Masking, strict: true);
        Assert.Equivalent(defaults.Model, shipped.Model, strict: true);
        Assert.Equivalent(defaults.Alerting, shipped.Alerting, strict: true);
        Assert.Equivalent(defaults.Encoder, shipped.Encoder, strict: true);
        Assert.Equivalent(defaults.Service, shipped.Service, strict: true);
    }

    [Fact]
    public void A_topic_has_one_kind_and_no_name_of_a_dead_letter_topic()
    {
        var wrong = Assert.Throws<InvalidConfigurationException>(() => Read(
            [.. Enough, ("Kafka:NewsTopics", "a,b,c.dlq"), ("Kafka:ComplaintTopics", "b")]));

        Assert.Equal(2, wrong.Errors.Count);
    }

    [Fact]
    public void Several_topics_of_a_kind_are_read_and_none_is_fine_too()
    {
        var names = new TopicNames(Read([.. Enough, ("Kafka:NewsTopics", "a, b"), ("Kafka:ComplaintTopics", "")]).Kafka);

        Assert.Equal(["a", "b"], names.All.Order());
        Assert.Equal(["a.dlq", "b.dlq"], names.DeadLetters.Order());
    }

    private static WorkerSettings Read(params (string Key, string? Value)[] values) =>
        WorkerSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(
            values.GroupBy(pair => pair.Key).Select(group => KeyValuePair.Create(group.Key, group.Last().Value))).Build());
}
