using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;

namespace KbAlbertStream.IntegrationTests.Worker;

public sealed class EndToEndTests(KafkaFixture kafka, PostgresServers postgres)
{
    [Fact]
    public async Task A_published_message_becomes_a_masked_and_scored_row()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);

        await topics.PublishAsync(topics.News, SomeMessages.News("n1", "KB국민은행 고객정보 유출", "문의 010-1234-5678"));
        await topics.PublishAsync(topics.Complaints, SomeMessages.Complaint("c1", institution: "KB국민은행"));

        await Eventually.IsAsync(() => database.ScalarAsync<long>("SELECT count(*) FROM scored_events"), 2L, "rows");
        var rows = await database.RowsAsync(
            "SELECT kind, external_id, sentiment, reputation_labels, institution_ids, text LIKE '%1234%' FROM v_events ORDER BY 1");
        Assert.Equal(2, rows.Length);
        Assert.Equal(ExitCode.Done, await worker.StopAsync());
    }

    [Fact]
    public async Task The_positions_end_where_the_log_ends_and_are_committed_to_kafka()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        for (var i = 0; i < 20; i++)
        {
            await topics.PublishAsync(topics.News, SomeMessages.News($"n{i}"));
        }

        await Eventually.IsAsync(() => database.ScalarAsync<long>("SELECT count(*) FROM scored_events"), 20L, "rows");
        await worker.StopAsync();

        Assert.Equal(
            [$"{topics.Complaints}|0|0|0", $"{topics.News}|0|20|20"],
            await database.RowsAsync(
                """SELECT topic, "partition", next_offset, end_offset FROM partition_progress ORDER BY topic"""));
        Assert.Equal(20, topics.Committed(topics.News, 0));
    }

    [Fact]
    public async Task Health_readiness_and_metrics_are_served()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        await topics.PublishAsync(topics.News, SomeMessages.News("n1"));
        await Eventually.IsAsync(() => database.ScalarAsync<long>("SELECT count(*) FROM scored_events"), 1L, "rows");
        using var http = worker.Http;

        var health = await http.GetStringAsync("/healthz");
        var ready = await http.GetStringAsync("/readyz");
        var metrics = await http.GetStringAsync("/metrics");

        Assert.Contains("\"status\":\"ok\"", health, StringComparison.Ordinal);
        Assert.Contains("seconds_since_progress", health, StringComparison.Ordinal);
        Assert.Contains("ready", ready, StringComparison.Ordinal);
        Assert.All(
            new[]
            {
                "kbas_records_total", "kbas_batches", "kbas_rows", "kbas_stage_seconds", "kbas_lag{", "kbas_paused{",
                "kbas_lag_time_seconds{", "kbas_paused_time_seconds_total{", "kbas_bundle{", "model=\"formula/1\"",
                "stage=\"score_prepare\"", "stage=\"write_database\"", "dotnet_process_memory_working_set",
            },
            name => Assert.Contains(name, metrics, StringComparison.Ordinal));
    }
}
