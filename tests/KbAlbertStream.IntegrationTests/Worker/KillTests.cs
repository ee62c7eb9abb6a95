using System.Globalization;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;

namespace KbAlbertStream.IntegrationTests.Worker;

/// <summary>
/// kill -9 of the real executable in mid-stream on a real broker: twice, or as often as KBAS_TEST_KILLS says.
/// </summary>
public sealed class KillTests(KafkaFixture kafka, PostgresServers postgres, BundleFixture bundle)
{
    private const int Partitions = 4;

    [Fact]
    public async Task Killing_the_worker_in_mid_stream_loses_and_doubles_nothing()
    {
        var kills = int.Parse(
            Environment.GetEnvironmentVariable("KBAS_TEST_KILLS") ?? "2", CultureInfo.InvariantCulture);
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), Partitions);
        var settings = TestWorker.Settings(topics, database.ConnectionString);
        settings["Model:Bundle"] = bundle.Folder;

        // Small batches, so that a kill meets every stage of several.
        settings["Batching:MaxRecords"] = "8";
        using var publishing = new CancellationTokenSource();
        var published = PublishUntilAsync(topics, publishing.Token);
        for (var kill = 0; kill < kills; kill++)
        {
            await using var worker = WorkerProcess.Start(settings, ["run"]);
            var before = await Rows.CountAsync(database);
            await Eventually.IsAsync(() => Rows.CountAsync(database), count => count > before + 40, "rows before a kill");
            await worker.KillAsync();
        }

        await publishing.CancelAsync();
        var (count, bad) = await published;
        await using var last = WorkerProcess.Start(settings, ["run"]);
        await Eventually.IsAsync(
            () => database.ScalarAsync<long>("SELECT coalesce(sum(next_offset), 0)::bigint FROM partition_progress"),
            (long)(count + bad),
            "positions");
        await last.TerminateAsync();

        Assert.Equal(0, last.ExitCode);
        Assert.Equal(count, await Rows.CountAsync(database));
        Assert.Equal(count, (await Rows.IdsAsync(database)).Distinct().Count());
        Assert.Equal(bad, await Rows.DeadLettersAsync(database));
        Assert.Equal(
            await database.RowsAsync(
                "SELECT kind, institution_id, count(*) FROM negative_mentions WHERE counted GROUP BY 1, 2 ORDER BY 1, 2"),
            await database.RowsAsync(
                "SELECT kind, institution_id, sum(texts) FROM reputation_rollup WHERE category = 'all' GROUP BY 1, 2 ORDER BY 1, 2"));
    }

    private static async Task<(int Good, int Bad)> PublishUntilAsync(TestTopics topics, CancellationToken enough)
    {
        var (good, bad) = (0, 0);
        while (!enough.IsCancellationRequested)
        {
            if ((good + bad) % 25 == 24)
            {
                await topics.PublishAsync(topics.Complaints, $"poison {bad++}", partition: bad % Partitions);
            }
            else
            {
                var text = $"고객정보 유출 {good}번째 문의, 상담이 늦어요.";
                await topics.PublishAsync(
                    topics.Complaints, SomeMessages.Complaint($"c{good}", text, "kb_bank"), partition: good++ % Partitions);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }

        return (good, bad);
    }
}
