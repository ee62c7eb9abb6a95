using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using Microsoft.Extensions.Configuration;

namespace KbAlbertStream.Tests.Worker.Configuration;

public sealed class KafkaPropertiesTests
{
    [Theory]
    [InlineData("session.timeout.ms", "session.timeout.ms")]
    [InlineData("SessionTimeoutMs", "session.timeout.ms")]
    [InlineData("session_timeout_ms", "session.timeout.ms")]
    [InlineData("acks", "acks")]
    [InlineData("SslCaLocation", "ssl.ca.location")]
    public void A_property_can_be_named_as_librdkafka_does_or_as_an_environment_variable_can(string key, string name)
    {
        Assert.Equal(name, KafkaProperties.PropertyName(key));
    }

    [Fact]
    public void Common_properties_go_to_both_clients_and_own_ones_win()
    {
        var properties = Read(
            ("Kafka:BootstrapServers", "b:9092"), ("Kafka:SecurityProtocol", "SSL"), ("Kafka:client.id", "common"),
            ("Kafka:Consumer:ClientId", "reader"), ("Kafka:Producer:acks", "1"));

        Assert.Equal("SSL", properties.Consumer["security.protocol"]);
        Assert.Equal("SSL", properties.Producer["security.protocol"]);
        Assert.Equal(("reader", "common"), (properties.Consumer["client.id"], properties.Producer["client.id"]));
        Assert.Equal("1", properties.Producer["acks"]);
        Assert.DoesNotContain("bootstrap.servers", properties.Consumer.Keys);
    }

    [Fact]
    public void The_consumer_never_commits_by_itself_and_reads_from_the_start()
    {
        var settings = KafkaClientSettings.Consumer(
            new KafkaOptions { BootstrapServers = "b:9092" }, Read(("Kafka:Consumer:SessionTimeoutMs", "6000")));

        Assert.Equal("false", settings["enable.auto.commit"]);
        Assert.Equal("earliest", settings["auto.offset.reset"]);
        Assert.Equal("cooperative-sticky", settings["partition.assignment.strategy"]);
        Assert.Equal("6000", settings["session.timeout.ms"]);
    }

    [Fact]
    public void The_new_group_protocol_takes_no_assignment_strategy()
    {
        var settings = KafkaClientSettings.Consumer(
            new KafkaOptions { BootstrapServers = "b:9092" }, Read(("Kafka:GroupProtocol", "consumer")));

        Assert.DoesNotContain("partition.assignment.strategy", settings.Keys);
    }

    [Fact]
    public void Every_wrong_property_is_named_and_a_secret_is_not_shown()
    {
        var errors = KafkaPropertyRules.Check(Read(
            ("Kafka:Consumer:sesion.timeout.ms", "6000"), ("Kafka:Consumer:session.timeout.ms", "soon"),
            ("Kafka:Consumer:EnableAutoCommit", "true"), ("Kafka:Producer:acks", "some"),
            ("Kafka:ssl.key.pem", "PRIVATE"), ("Kafka:Consumer:max.poll.interval.ms", "600000"))).ToList();

        Assert.Equal(
            ["Kafka:Consumer:enable.auto.commit", "Kafka:Consumer:sesion.timeout.ms", "Kafka:Consumer:session.timeout.ms",
                "Kafka:Producer:acks"],
            errors.Select(error => error.Key).Where(key => !key.Contains("pem", StringComparison.Ordinal)).Order());
        Assert.DoesNotContain(errors, error => error.ToString().Contains("PRIVATE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("session.timeout.ms", "6000")]
    [InlineData("heartbeat.interval.ms", "500")]
    [InlineData("partition.assignment.strategy", "cooperative-sticky")]
    [InlineData("group.protocol.type", "consumer")]
    public void What_the_broker_decides_cannot_be_set_with_the_new_group_protocol(string name, string value)
    {
        var errors = KafkaPropertyRules.Check(Read(("Kafka:GroupProtocol", "consumer"), ($"Kafka:Consumer:{name}", value)));

        var error = Assert.Single(errors);
        Assert.Equal($"Kafka:Consumer:{name}", error.Key);
        Assert.Contains("broker decides", error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("partition.assignment.strategy", "range", "cooperative-sticky")]
    [InlineData("partition.assignment.strategy", "cooperative-sticky,roundrobin", "cooperative-sticky")]
    [InlineData("group.remote.assignor", "uniform", "group.protocol=consumer")]
    [InlineData("group.instance.id", " ", "own name")]
    [InlineData("group.protocol", "newest", "refuses")]
    public void What_a_classic_group_cannot_have_is_an_error(string name, string value, string reason)
    {
        var errors = KafkaPropertyRules.Check(Read(($"Kafka:Consumer:{name}", value)));

        Assert.Contains(reason, Assert.Single(errors).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("classic", "Kafka:Consumer:SessionTimeoutMs", "6000")]
    [InlineData("classic", "Kafka:Consumer:GroupInstanceId", "worker-1")]
    [InlineData("classic", "Kafka:Consumer:PartitionAssignmentStrategy", "cooperative-sticky")]
    [InlineData("consumer", "Kafka:Consumer:GroupInstanceId", "worker-1")]
    [InlineData("consumer", "Kafka:Consumer:GroupRemoteAssignor", "range")]
    public void What_goes_together_is_no_error(string protocol, string key, string value)
    {
        Assert.Empty(KafkaPropertyRules.Check(Read(("Kafka:GroupProtocol", protocol), (key, value))));
    }

    [Theory]
    [InlineData("ssl.ca.location", "/no/such/ca.pem", "ssl.ca.location")]
    [InlineData("ssl.certificate.location", "/no/such/client.pem", "ssl.certificate.location")]
    [InlineData("ssl.key.pem", "PRIVATE", "ssl.key.pem")]
    public void Files_and_keys_that_cannot_be_used_are_errors_at_start(string name, string value, string reason)
    {
        var errors = KafkaClientRules.Check(
            new KafkaOptions { BootstrapServers = "b:9092" },
            Read(("Kafka:SecurityProtocol", "SSL"), ($"Kafka:{name}", value)));

        var error = Assert.Single(errors).ToString();
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", error, StringComparison.Ordinal);
    }

    private static KafkaProperties Read(params (string Key, string Value)[] values) =>
        KafkaProperties.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build());
}
