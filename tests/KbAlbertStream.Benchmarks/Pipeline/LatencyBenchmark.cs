using System.Globalization;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>
/// From publishing to the committed row, and from the message that decides an alert to the webhook. The clock starts with
/// the record's timestamp, which the producer sets when it is asked to send; it stops with the commit, as PostgreSQL notes it.
/// </summary>
/// <remarks>
/// 1. The rate that can be done: what is worked off while a producer on the same cores publishes more than that. 2. A fresh
/// process: its first messages. 3. Idle: one message at a time. 4. 80 % of the rate, from a producer that does not wait.
/// Event times are now, so alerts open by themselves in 2 to 4.
/// </remarks>
internal sealed class LatencyBenchmark(PipelineServers servers, int idleMessages, int seconds)
{
    private const int First = 10;
    private static readonly BenchTopics Topics = BenchTopics.Of("latency");

    /// <summary>Measures and prints.</summary>
    public async Task RunAsync(double share)
    {
        var rate = await SustainedRate.MeasureAsync(servers);                                                // 1
        await servers.Broker.CreateAsync(Topics, Backlog.Partitions);
        await using var database = await servers.NewDatabaseAsync();
        await using var webhook = await WebhookClock.StartAsync();
        using var single = new BenchProducer(servers.Broker, Topics, lingerMs: 0);
        using var steady = new BenchProducer(servers.Broker, Topics, lingerMs: 5); // the client's default
        using var messages = SampleMessages.Live().GetEnumerator();
        await using var worker = WorkerUnderTest.Start(
            servers, Topics, database, stub: false,
            new Dictionary<string, string> { ["Alerting:WebhookUrl"] = webhook.Url, ["Alerting:WebhookSecret"] = "a secret of the benchmark" });
        await worker.WaitUntilReadyAsync();

        var table = new MarkdownTable("phase", "messages", "p50 ms", "p95 ms", "p99 ms", "largest ms");
        var sent = 0L;
        await OneByOneAsync(First);                                                                          // 2
        await AddAsync("first messages of a fresh process, while it joins its group");
        await OneByOneAsync(idleMessages);                                                                   // 3
        await AddAsync("idle, one at a time");

        sent += await OpenLoop.RunAsync(steady, messages, share * rate, TimeSpan.FromSeconds(seconds));    // 4
        steady.Flush();
        await worker.WaitForAsync(database, sent, TimeSpan.FromMinutes(5));
        await AddAsync(string.Create(CultureInfo.InvariantCulture, $"{share:P0} of {rate:F0} messages/s, for {seconds} s"));

        Console.WriteLine($"models/demo, sample mix, {Environment.ProcessorCount} cores, {MachineLoad.Now}");
        Console.WriteLine();
        table.Print(Console.Out);
        Console.WriteLine();
        await PrintAlertsAsync(database, webhook);

        async Task OneByOneAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                messages.MoveNext();
                await single.SendNowAsync(messages.Current);
                await worker.WaitForAsync(database, ++sent, TimeSpan.FromMinutes(1));
            }
        }

        async Task AddAsync(string phase)
        {
            var delays = await database.ColumnAsync<double>("""
                SELECT 1000 * extract(epoch FROM pg_xact_commit_timestamp(xmin) - recorded_at)::float
                FROM scored_events WHERE NOT EXISTS (SELECT FROM measured WHERE at >= written_at) ORDER BY 1
                """);
            await database.ExecuteAsync("INSERT INTO measured SELECT max(written_at) FROM scored_events");
            table.Add([phase, $"{delays.Count}", .. Percentiles.Of(delays)]);
        }
    }

    private static async Task PrintAlertsAsync(BenchDatabase database, WebhookClock webhook)
    {
        // The text that opened an alert is the one whose event time it carries.
        var deciding = await database.ColumnAsync<string>("""
            SELECT a.alert_key || ' ' || extract(epoch FROM max(e.recorded_at))
            FROM alerts AS a JOIN scored_events AS e
              ON e.kind = a.kind AND e.occurred_at = a.opened_at AND a.institution_id = ANY (e.institution_ids)
            GROUP BY a.alert_key
            """);
        var delays = (
            from line in deciding
            let cut = line.LastIndexOf(' ')
            let at = DateTimeOffset.UnixEpoch.AddSeconds(double.Parse(line[cut..], CultureInfo.InvariantCulture))
            where webhook.Arrivals.ContainsKey(line[..cut])
            let delay = (webhook.Arrivals[line[..cut]] - at).TotalMilliseconds
            orderby delay
            select delay).ToList();
        var table = new MarkdownTable("deciding message to webhook", "alerts", "p50 ms", "p95 ms", "p99 ms", "largest ms");
        table.Add(["all phases", $"{delays.Count} of {deciding.Count}", .. Percentiles.Of(delays)]);
        table.Print(Console.Out);
    }
}
