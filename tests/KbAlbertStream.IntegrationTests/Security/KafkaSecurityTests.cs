using System.Net;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;

namespace KbAlbertStream.IntegrationTests.Security;

/// <summary>Kafka over TLS and SCRAM, with the rights that docs/security.md lists and no other.</summary>
public sealed class KafkaSecurityTests(SecureKafkaFixture kafka, PostgresServers postgres)
{
    private const string ByCertificate = "User:CN=client";
    private const string ByPassword = "User:worker";

    [Theory]
    [InlineData(ByCertificate, "classic")]
    [InlineData(ByPassword, "consumer")]
    public async Task The_worker_does_all_its_work_with_the_fewest_rights(string principal, string protocol)
    {
        var broker = await kafka.GetAsync();
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(broker);
        await broker.AclsAsync(
            "--add", "--allow-principal", principal, "--operation", "Read",
            "--topic", topics.News, "--topic", topics.Complaints, "--group", topics.Group);
        await broker.AclsAsync(
            "--add", "--allow-principal", principal, "--operation", "Write",
            "--topic", $"{topics.News}.dlq", "--topic", $"{topics.Complaints}.dlq");

        await using var worker = await StartAsync(broker, topics, database, principal, protocol);
        await topics.PublishAsync(topics.News, SomeMessages.News("n1"));
        await topics.PublishAsync(topics.Complaints, SomeMessages.Complaint("c1"));
        await topics.PublishAsync(topics.News, "no json", partition: 0);

        await Eventually.IsAsync(() => Rows.CountAsync(database), 2L, "rows");
        await Eventually.IsAsync(() => Rows.DeadLettersAsync(database), 1L, "dead letters");
        Assert.Equal(HttpStatusCode.OK, (await ReadinessAsync(worker)).Status);
        Assert.Equal(ExitCode.Done, await worker.StopAsync());
        Assert.Single(topics.ReadAll($"{topics.News}.dlq", 1));
        Assert.True(topics.Committed(topics.News, 0) > 0);
        Assert.DoesNotContain(worker.Logs.Lines, line => line.Contains("AuthorizationFailed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_right_is_named_nothing_is_lost_and_it_goes_on_when_granted()
    {
        var broker = await kafka.GetAsync();
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(broker);
        await topics.PublishAsync(topics.News, SomeMessages.News("n1"));
        await topics.PublishAsync(topics.Complaints, SomeMessages.Complaint("c1"));
        await topics.PublishAsync(topics.News, "no json");

        await using var worker = await StartAsync(broker, topics, database, ByPassword, "classic");
        await IsDeniedAsync(worker, "right to use the consumer group");
        Assert.Contains(worker.Logs.Lines, line =>
            line.StartsWith("Error 3013", StringComparison.Ordinal)
            && line.Contains($"Read on group {topics.Group}", StringComparison.Ordinal));

        await GrantAsync("Read", "--topic", topics.News, "--group", topics.Group);
        await GrantAsync("Write", "--topic", $"{topics.Complaints}.dlq");
        await Eventually.IsTrueAsync(
            () => worker.Logs.Lines.Any(line => line.Contains("TopicAuthorizationFailed", StringComparison.Ordinal)), "the denial");
        Assert.Equal(0, await Rows.DeadLettersAsync(database));

        await GrantAsync("Write", "--topic", $"{topics.News}.dlq");
        await Eventually.IsAsync(() => Rows.DeadLettersAsync(database), 1L, "dead letters");
        await Eventually.IsAsync(() => Rows.CountAsync(database), 1L, "rows of what is granted");
        await IsDeniedAsync(worker, $"Read on topic {topics.Complaints}");

        await GrantAsync("Read", "--topic", topics.Complaints);
        await Eventually.IsAsync(() => Rows.CountAsync(database), 2L, "rows of all");
        await Eventually.IsAsync(() => ReadinessAsync(worker), ready => ready.Status == HttpStatusCode.OK, "readiness");
        Assert.Equal(ExitCode.Done, await worker.StopAsync());

        Task GrantAsync(string operation, params string[] resources) =>
            broker.AclsAsync(["--add", "--allow-principal", ByPassword, "--operation", operation, .. resources]);
    }

    [Fact]
    public async Task A_right_that_is_taken_away_is_named_and_used_again_when_it_is_back()
    {
        var broker = await kafka.GetAsync();
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(broker);
        string[] all =
        [
            "--allow-principal", ByCertificate, "--operation", "Read", "--topic", topics.News, "--topic", topics.Complaints,
        ];
        await broker.AclsAsync(["--add", .. all, "--group", topics.Group]);
        await using var worker = await StartAsync(broker, topics, database, ByCertificate, "classic");
        await topics.PublishAsync(topics.News, SomeMessages.News("n1"));
        await Eventually.IsAsync(() => Rows.CountAsync(database), 1L, "rows");

        await broker.AclsAsync(["--remove", .. all]);
        await topics.PublishAsync(topics.News, SomeMessages.News("n2"));
        await IsDeniedAsync(worker, $"Read on topic {topics.News}");
        await broker.AclsAsync(["--add", .. all]);

        await Eventually.IsAsync(() => Rows.CountAsync(database), 2L, "rows");
    }

    [Theory]
    [InlineData("password", "uthentication")]
    [InlineData("authority", "certificate")]
    public async Task A_wrong_password_or_authority_is_said_clearly(string wrong, string reason)
    {
        var broker = await kafka.GetAsync();
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(broker);
        var settings = TestWorker.Settings(topics, database.ConnectionString);
        foreach (var (key, value) in broker.WithPassword(wrong == "password" ? "not-the-password" : null))
        {
            settings[key] = value;
        }

        using var stranger = await TestAuthority.CreateAsync();
        settings["Kafka:SslCaLocation"] = wrong == "authority" ? stranger.Certificate : broker.Authority;
        await using var check = await WorkerProcess.RunAsync(settings, ["check"]);

        check.AssertEnded(ExitCode.CheckFailed);
        Assert.Matches($"(?m)^kafka +FAILED .*{reason}", check.Output);
        Assert.DoesNotContain("not-the-password", check.Output + check.Errors, StringComparison.Ordinal);
    }

    private static Task<TestWorker> StartAsync(
        SecureBroker broker, TestTopics topics, PostgresDatabase database, string principal, string protocol)
    {
        var settings = principal == ByCertificate ? broker.WithCertificate() : broker.WithPassword();
        settings["Kafka:GroupProtocol"] = protocol;
        if (protocol == "consumer")
        {
            settings["Kafka:Consumer:SessionTimeoutMs"] = null;
            settings["Kafka:Consumer:HeartbeatIntervalMs"] = null;
        }

        return TestWorker.StartAsync(topics, database.ConnectionString, settings);
    }

    private static async Task IsDeniedAsync(TestWorker worker, string what) => await Eventually.IsAsync(
        () => ReadinessAsync(worker),
        ready => ready.Status == HttpStatusCode.ServiceUnavailable && ready.Body.Contains(what, StringComparison.Ordinal),
        $"readiness says {what}");

    private static async Task<(HttpStatusCode Status, string Body)> ReadinessAsync(TestWorker worker)
    {
        using var http = worker.Http;
        using var response = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
