using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;

namespace KbAlbertStream.IntegrationTests.Security;

/// <summary>The whole service with no more rights than roles.sql gives the writer.</summary>
public sealed class LeastPrivilegeTests(KafkaFixture kafka, PostgresServers postgres, BundleFixture bundle)
{
    [Fact]
    public async Task The_real_worker_does_all_its_work_as_the_writer()
    {
        await using var database = await postgres.NewDatabaseAsync();
        await using var login = await RoleLogin.CreateAsync(database, RoleLogin.Writer);
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        var settings = TestWorker.Settings(topics, login.ConnectionString);
        settings["Model:Bundle"] = bundle.Folder;

        await using var worker = WorkerProcess.Start(settings, ["run"]);
        await topics.PublishAsync(topics.News, SomeMessages.News("n1", "KB국민은행 고객정보 유출"));
        await topics.PublishAsync(topics.Complaints, SomeMessages.Complaint("c1", institution: "KB국민은행"));
        await topics.PublishAsync(topics.News, "no json");
        await Eventually.IsAsync(() => Rows.CountAsync(database), 2L, "rows");
        await Eventually.IsAsync(() => Rows.DeadLettersAsync(database), 1L, "dead letters");
        await worker.TerminateAsync();

        worker.AssertEnded(ExitCode.Done);
        Assert.DoesNotContain("42501", worker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_detector_opens_and_closes_alerts_as_the_writer()
    {
        await using var database = await postgres.NewDatabaseAsync();
        await using var login = await RoleLogin.CreateAsync(database, RoleLogin.Writer);
        await SpikeStory.WriteAsync(database, SpikeStory.Of(spike: 5));
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());

        await using var worker = await TestWorker.StartAsync(
            topics, login.ConnectionString, new() { ["Alerting:MaxAge"] = "00:00:00", ["Alerting:PollInterval"] = "00:00:00.100" });

        await Eventually.IsAsync(
            () => database.ScalarAsync<long>("SELECT count(*) FROM alert_deliveries WHERE state = 'delivered'"), 1L, "delivered");
        Assert.Equal(ExitCode.Done, await worker.StopAsync());
        Assert.DoesNotContain(worker.Logs.Lines, line => line.Contains("42501", StringComparison.Ordinal));
    }
}
