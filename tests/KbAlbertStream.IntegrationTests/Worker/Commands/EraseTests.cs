using System.Text.Json;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;

namespace KbAlbertStream.IntegrationTests.Worker.Commands;

/// <summary>The verbs that remove, of the real executable.</summary>
public sealed class EraseTests(KafkaFixture kafka, PostgresServers postgres)
{
    [Fact]
    public async Task A_customer_named_as_the_sender_wrote_it_is_erased_and_what_Kafka_holds_is_said()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        await topics.PublishAsync(topics.Complaints, Complaint("c1", "010-1234-5678"));
        await topics.PublishAsync(topics.Complaints, Complaint("c2", "C-4711"));
        await Eventually.IsAsync(() => Rows.CountAsync(database), 2L, "rows");

        await using var owner = await RoleLogin.CreateAsync(database, RoleLogin.Owner);
        await using var writer = await RoleLogin.CreateAsync(database, RoleLogin.Writer);
        await using var asked = await RunAsync(topics, owner, "--customer-ref", "010 1234 5678");
        await using var refused = await RunAsync(topics, writer, "--customer-ref", "010 1234 5678", "--yes");
        Assert.Equal(0, await database.ScalarAsync<long>("SELECT count(*) FROM erasures"));
        await using var erased = await RunAsync(topics, owner, "--customer-ref", "010 1234 5678", "--yes");

        asked.AssertEnded(ExitCode.NotConfirmed);
        refused.AssertEnded(ExitCode.ServerFault);
        Assert.Contains("Erase 1 texts", asked.Errors, StringComparison.Ordinal);
        Assert.True(erased.ExitCode == 0, erased.Errors);
        Assert.Contains("scored_events 1", erased.Output, StringComparison.Ordinal);
        Assert.Contains($"{topics.Complaints}[0]@0", erased.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", erased.Output.Replace(topics.Complaints, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(["c2|C-4711"], await database.RowsAsync(
            "SELECT external_id, customer_ref FROM scored_events WHERE text IS NOT NULL"));
    }

    [Fact]
    public async Task Naming_nobody_or_both_is_refused()
    {
        await using var nobody = await WorkerProcess.RunAsync(new Dictionary<string, string?>(), ["erase", "--yes"]);
        await using var both = await WorkerProcess.RunAsync(
            new Dictionary<string, string?>(), ["erase", "--customer-ref", "a", "--external-id", "b", "--yes"]);

        nobody.AssertEnded(ExitCode.WrongConfiguration);
        both.AssertEnded(ExitCode.WrongConfiguration);
        Assert.Contains("either", nobody.Errors, StringComparison.Ordinal);
    }

    private static string Complaint(string id, string customer) => JsonSerializer.Serialize(new
    {
        id,
        channel = "app",
        text = "고객정보 유출이 걱정됩니다.",
        customer_ref = customer,
        received_at = "2026-03-02T09:00:00+09:00",
    });

    private static Task<WorkerProcess> RunAsync(TestTopics topics, RoleLogin login, params string[] arguments) =>
        WorkerProcess.RunAsync(TestWorker.Settings(topics, login.ConnectionString), ["erase", .. arguments]);
}
