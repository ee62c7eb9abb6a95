using System.Diagnostics;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;

namespace KbAlbertStream.IntegrationTests.Worker;

/// <summary>From the broker's acknowledgement to the visible row, one message at a time. A measurement, so it runs only when asked for.</summary>
public sealed class LatencyTests(KafkaFixture kafka, PostgresServers postgres)
{
    private const int Messages = 60;
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(500);

    [Fact(Explicit = true)]
    public async Task An_idle_worker_writes_a_message_within_500_ms_at_the_95th_percentile()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync());
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        await topics.PublishAsync(topics.News, SomeMessages.News("warm-up"));
        await Eventually.IsAsync(() => Rows.CountAsync(database), 1L, "rows");
        var times = new List<TimeSpan>();
        for (var i = 0; i < Messages; i++)
        {
            var since = Stopwatch.StartNew();
            await topics.PublishAsync(topics.News, SomeMessages.News($"n{i}"));
            while (await Rows.CountAsync(database) < i + 2)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
            }

            times.Add(since.Elapsed);
        }

        times.Sort();
        var p95 = times[(int)(Messages * 0.95)];
        TestContext.Current.TestOutputHelper?.WriteLine($"p50 {times[Messages / 2]}, p95 {p95}, max {times[^1]}");
        TestContext.Current.SendDiagnosticMessage($"publish to row: p50 {times[Messages / 2]}, p95 {p95}, max {times[^1]}");
        Assert.True(p95 < Bound, $"p95 is {p95}");
    }
}
