using System.Text.Json;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;

namespace KbAlbertStream.IntegrationTests.Worker;

/// <summary>The verbs and the exit codes of the real executable.</summary>
public sealed class ProcessTests(KafkaFixture kafka, PostgresServers postgres, BundleFixture bundle)
{
    private static readonly Dictionary<string, string?> Wrong = new()
    {
        ["Batching:MaxRecords"] = "many",
        ["Batching:MaxBytes"] = "7",
        ["Kafka:NewsTopics"] = "a topic",
        ["Kafka:Consumer:SesionTimeoutMs"] = "6000",
        ["Database:ConnectionString"] = "Host=db;Password=topsecret;Nonsense=1",
        ["Service:ShutdownTme"] = "00:00:01",
    };

    [Theory]
    [InlineData("run")]
    [InlineData("check")]
    public async Task Promise_7_a_wrong_configuration_lists_every_error_and_ends(string verb)
    {
        await using var worker = await WorkerProcess.RunAsync(Wrong, [verb]);

        worker.AssertEnded(ExitCode.WrongConfiguration);
        var text = worker.Errors + worker.Output;
        Assert.All(
            Wrong.Keys.Where(key => !key.StartsWith("Kafka:Consumer", StringComparison.Ordinal))
                .Append("Kafka:Consumer:sesion.timeout.ms").Append("Kafka:BootstrapServers").Append("Text:HashKey"),
            key => Assert.Contains(key, text, StringComparison.Ordinal));
        Assert.DoesNotContain("topsecret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_that_is_not_there_ends_with_its_code_and_the_reason()
    {
        var folder = Path.Combine(Path.GetTempPath(), "kbas-no-such-bundle");
        await using var worker = await WorkerProcess.RunAsync(
            new Dictionary<string, string?>(), ["inspect", "--kind", "news", "--bundle", folder], "{}\n");

        worker.AssertEnded(ExitCode.UnusableModel);
        Assert.Contains(folder, worker.Errors, StringComparison.Ordinal);
        Assert.Empty(worker.Output);
    }

    [Fact]
    public async Task An_unknown_verb_ends_with_a_code_of_its_own()
    {
        await using var worker = await WorkerProcess.RunAsync(new Dictionary<string, string?>(), ["inspekt"]);

        worker.AssertEnded(ExitCode.WrongConfiguration);
        Assert.NotEmpty(worker.Errors);
    }

    [Fact]
    public async Task Check_says_a_verdict_on_everything_and_migrate_makes_the_schema()
    {
        await using var database = await postgres.NewEmptyDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        var settings = TestWorker.Settings(topics, database.ConnectionString);
        settings["Model:Bundle"] = bundle.Folder;

        await using var before = await WorkerProcess.RunAsync(settings, ["check"]);
        await using var migrate = await WorkerProcess.RunAsync(settings, ["migrate"]);
        await using var after = await WorkerProcess.RunAsync(settings, ["check"]);

        before.AssertEnded(ExitCode.CheckFailed);
        Assert.Matches("schema +FAILED .*migrate", before.Output);
        Assert.True(migrate.ExitCode == 0, migrate.Errors);
        Assert.True(after.ExitCode == 0, after.Output);
        Assert.All(
            new[] { "configuration", "kafka", "topics in", "topics out", "database", "schema", "dictionary", "bundle" },
            subject => Assert.Matches($"(?m)^{subject} +ok ", after.Output));
        Assert.Contains($"{topics.News}.dlq", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_says_what_is_missing_when_nothing_is_there()
    {
        await using var worker = await WorkerProcess.RunAsync(
            new Dictionary<string, string?>
            {
                ["Kafka:BootstrapServers"] = "127.0.0.1:1",
                ["Database:ConnectionString"] = "Host=127.0.0.1;Port=1;Password=topsecret;Timeout=3",
                ["Text:HashKey"] = "a key for tests, not a secret",
                ["Model:Bundle"] = "/no/such/bundle",
            },
            ["check"]);

        worker.AssertEnded(ExitCode.CheckFailed);
        Assert.All(
            new[] { "kafka", "database", "bundle" }, subject => Assert.Matches($"(?m)^{subject} +FAILED ", worker.Output));
        Assert.DoesNotContain("topsecret", worker.Output + worker.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_answers_every_line_in_order_and_ends_well()
    {
        var input = string.Join('\n',
            SomeMessages.Complaint("c1", "제 번호는 010-1234-5678 입니다.", "KB국민은행"),
            "no json",
            SomeMessages.Complaint("c3"));
        await using var worker = await WorkerProcess.RunAsync(
            new Dictionary<string, string?>(), ["inspect", "--kind", "complaint", "--bundle", bundle.Folder], input);

        Assert.True(worker.ExitCode == 0, worker.Errors);
        var lines = worker.Output.Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([1, 2, 3], lines.Select(line => line.GetProperty("line").GetInt32()));
        Assert.Equal(
            ["line", "id", "title", "text", "masked", "entities", "sentiment", "reputation", "compliance",
                "negative_reputation", "evidence", "windows", "model"],
            lines[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(1, lines[0].GetProperty("masked").GetProperty("phone").GetInt32());
        Assert.Equal("kb_bank", lines[0].GetProperty("entities")[0].GetProperty("id").GetString());
        Assert.Equal(19, lines[0].GetProperty("reputation").GetProperty("p").EnumerateObject().Count());
        Assert.Equal("invalid_json", lines[1].GetProperty("rejected").GetString());
        Assert.DoesNotContain("1234", worker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_inspect_prints_the_service_stores()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        var message = SomeMessages.News("n1", "KB국민은행 전산 장애", "이체가 두 시간 멈췄다.");
        await topics.PublishAsync(topics.News, message);
        var settings = TestWorker.Settings(topics, database.ConnectionString);
        settings["Model:Bundle"] = bundle.Folder;

        await using var inspect = await WorkerProcess.RunAsync(settings, ["inspect", "--kind", "news"], message + "\n");
        await using var service = WorkerProcess.Start(settings, []);
        await Eventually.IsAsync(() => Rows.CountAsync(database), 1L, "rows");
        await service.TerminateAsync();

        Assert.Equal(0, service.ExitCode);
        var printed = JsonDocument.Parse(inspect.Output).RootElement;
        var stored = await database.RowsAsync(
            "SELECT external_id, title, text, sentiment, model_version FROM v_events");
        Assert.Equal(
            FormattableString.Invariant(
                $"{printed.GetProperty("id")}|{printed.GetProperty("title")}|{printed.GetProperty("text")}|{printed.GetProperty("sentiment").GetProperty("label")}|{printed.GetProperty("model")}"),
            Assert.Single(stored));
        Assert.Equal(
            printed.GetProperty("negative_reputation").GetDouble(),
            await database.ScalarAsync<float>("SELECT negative_reputation FROM scored_events"),
            1e-4);
    }
}
