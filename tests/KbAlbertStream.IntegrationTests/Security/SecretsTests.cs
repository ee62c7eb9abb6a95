using System.Text;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Observability;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Security;

/// <summary>The real executable with secrets that can be told from anything else: none may come out anywhere.</summary>
public sealed class SecretsTests(SecureKafkaFixture kafka, PostgresServers postgres, BundleFixture bundle)
{
    private const string KafkaPassword = "planted-kafka-password-1";
    private const string KeyPassword = "planted-key-password-2";
    private const string DatabasePassword = "planted-database-password-3";
    private const string WebhookSecret = "planted-webhook-secret-4";
    private const string HashKey = "planted-hash-key-5";

    [Fact]
    public async Task Failing_logins_show_no_secret_in_logs_readiness_metrics_traces_or_check()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var database = await postgres.NewDatabaseAsync();
        var settings = await SettingsAsync(database, receiver);

        await using var check = await WorkerProcess.RunAsync(settings, ["check"]);
        await using var migrate = await WorkerProcess.RunAsync(settings, ["migrate"]);
        await using var worker = WorkerProcess.Start(settings, ["run"]);
        await Eventually.IsTrueAsync(() => worker.Output.Contains("28P01", StringComparison.Ordinal), "the refused login");
        var served = await ServedAsync(worker);
        await worker.TerminateAsync();

        check.AssertEnded(ExitCode.CheckFailed);
        Assert.Contains("28P01", check.Output, StringComparison.Ordinal);
        Assert.NotEmpty(receiver.Raw);
        AssertNothingOf(
            [check.Output, check.Errors, migrate.Output, migrate.Errors, worker.Output, worker.Errors, served,
                .. receiver.Raw.Select(Encoding.UTF8.GetString)]);
    }

    [Fact]
    public async Task A_wrong_kafka_password_shows_itself_nowhere()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var database = await postgres.NewDatabaseAsync();
        var settings = await SettingsAsync(database, receiver);
        settings["Database:ConnectionString"] = database.ConnectionString;
        settings["Kafka:Debug"] = "security,conf,broker";

        await using var worker = WorkerProcess.Start(settings, ["run"]);
        await Eventually.IsTrueAsync(
            () => worker.Output.Contains("uthentication fail", StringComparison.Ordinal), "the refused login");
        var served = await ServedAsync(worker);
        await worker.TerminateAsync();

        AssertNothingOf([worker.Output, worker.Errors, served, .. receiver.Raw.Select(Encoding.UTF8.GetString)]);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("check")]
    public async Task Wrong_configurations_are_listed_without_their_secrets(string verb)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Kafka:BootstrapServers"] = "127.0.0.1:1",
            ["Kafka:SecurityProtocol"] = "SSL",
            ["Kafka:SaslPasword"] = KafkaPassword,
            ["Kafka:ssl.key.pem"] = KeyPassword,
            ["Database:ConnectionString"] = $"Host=db;Password={DatabasePassword};Nonsense=1",
            ["Text:HashKey"] = HashKey[..10],
            ["Alerting:WebhookUrl"] = "https://alerts.example",
            ["Alerting:WebhookSecret"] = WebhookSecret[..10],
        };

        await using var wrong = await WorkerProcess.RunAsync(settings, [verb]);
        settings["Database:ConnectionString"] = "Host=db";
        settings["Text:HashKey"] = HashKey;
        settings["Alerting:WebhookSecret"] = WebhookSecret;
        settings.Remove("Kafka:SaslPasword");
        settings["Kafka:SslKeyPassword"] = KeyPassword;
        await using var badKey = await WorkerProcess.RunAsync(settings, [verb]);

        wrong.AssertEnded(ExitCode.WrongConfiguration);
        Assert.Equal((int)ExitCode.WrongConfiguration, badKey.ExitCode);
        Assert.Contains("Text:HashKey", wrong.Errors + wrong.Output, StringComparison.Ordinal);
        AssertNothingOf([wrong.Output, wrong.Errors, badKey.Output, badKey.Errors]);
        Assert.DoesNotContain(HashKey[..10], wrong.Output + wrong.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(WebhookSecret[..10], wrong.Output + wrong.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"Text:HashKey={HashKey}")]
    [InlineData($"Alerting:WebhookSecret={WebhookSecret}")]
    [InlineData($"Kafka:SaslPassword={KafkaPassword}")]
    [InlineData($"Kafka:Consumer:ssl.key.password={KeyPassword}")]
    [InlineData($"Database:ConnectionString=Host=db;Password={DatabasePassword}")]
    public async Task A_secret_on_the_command_line_is_refused_and_not_repeated(string setting)
    {
        await using var worker = await WorkerProcess.RunAsync(new Dictionary<string, string?>(), ["check", "--set", setting]);

        worker.AssertEnded(ExitCode.WrongConfiguration);
        Assert.Contains(setting[..setting.IndexOf('=', StringComparison.Ordinal)], worker.Output, StringComparison.Ordinal);
        Assert.Contains("KBAS_SECRETS_DIRECTORY", worker.Output, StringComparison.Ordinal);
        AssertNothingOf([worker.Output, worker.Errors]);
    }

    [Fact]
    public async Task Secrets_come_from_files()
    {
        var folder = Directory.CreateTempSubdirectory("kbas-secrets-").FullName;
        await using var database = await postgres.NewDatabaseAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "Database__ConnectionString"), database.ConnectionString + "\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "Text__HashKey"), HashKey + "\n");

        await using var check = await WorkerProcess.RunAsync(
            new Dictionary<string, string?>
            {
                ["KBAS_SECRETS_DIRECTORY"] = folder,
                ["Kafka:BootstrapServers"] = "127.0.0.1:1",
                ["Model:Bundle"] = bundle.Folder,
            },
            ["check"]);

        Assert.Matches("(?m)^configuration +ok ", check.Output);
        Assert.Matches("(?m)^schema +ok ", check.Output);
        AssertNothingOf([check.Output, check.Errors]);
        Directory.Delete(folder, recursive: true);
    }

    private static void AssertNothingOf(IReadOnlyCollection<string> outputs)
    {
        Assert.Contains(outputs, output => output.Length > 0);
        Assert.All(
            new[] { KafkaPassword, KeyPassword, DatabasePassword, WebhookSecret, HashKey },
            secret => Assert.DoesNotContain(outputs, output => output.Contains(secret, StringComparison.Ordinal)));
    }

    // Everything it serves; it prints where.
    private static async Task<string> ServedAsync(WorkerProcess worker)
    {
        const string Said = "Now listening on: ";
        await Eventually.IsTrueAsync(() => worker.Output.Contains(Said, StringComparison.Ordinal), "the address");
        var line = worker.Output.Split('\n').First(text => text.Contains(Said, StringComparison.Ordinal));
        using var http = new HttpClient { BaseAddress = new Uri(line[(line.IndexOf(Said, StringComparison.Ordinal) + Said.Length)..].Trim()) };
        var served = new StringBuilder();
        foreach (var path in new[] { "/readyz", "/healthz", "/metrics" })
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            served.Append(await answer.Content.ReadAsStringAsync());
        }

        return served.ToString();
    }

    private async Task<Dictionary<string, string?>> SettingsAsync(PostgresDatabase database, OtlpReceiver receiver)
    {
        var broker = await kafka.GetAsync();
        using var topics = await TestTopics.CreateAsync(broker);
        var settings = OtlpTests.Settings(topics, database, receiver, bundle);
        foreach (var (key, value) in broker.WithPassword(KafkaPassword))
        {
            settings[key] = value;
        }

        settings["Kafka:SslKeyPassword"] = KeyPassword;
        settings["Database:ConnectionString"] = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Password = DatabasePassword,
        }.ConnectionString;
        settings["Text:HashKey"] = HashKey;
        settings["Alerting:WebhookUrl"] = "http://127.0.0.1:1/alerts";
        settings["Alerting:WebhookSecret"] = WebhookSecret;
        settings["Logging:LogLevel:Microsoft"] = "Trace";
        settings["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Trace";
        return settings;
    }
}
