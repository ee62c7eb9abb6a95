using System.Globalization;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>
/// From publishing to the committed row, and from the message that decides an alert to the webhook. The clock starts with
/// the record's timestamp, which the producer sets when it is asked to send; it stops with the commit, as PostgreSQL notes it.
/// </summary>
/// <remarks>
/// 1. A fresh process: its first messages. 2. Idle: one message at a time. 3. Turns, because the speed of a virtual machine
/// changes by a third within a minute: the rate that can be done, then 80 % of it from a producer that does not wait, and so on, and
/// the rate once more. Event times are now, so alerts open by themselves.
/// </remarks>
internal sealed class LatencyBenchmark(PipelineServers servers, int idleMessages, int seconds)
{
    private const int First = 10;
    private const int Turns = 4;
    private static readonly BenchTopics Topics = BenchTopics.Of("latency");
    private readonly TimeSpan _turn = TimeSpan.FromSeconds((double)seconds / Turns);

    /// <summary>Measures and prints.</summary>
    public async Task RunAsync(double share)
    {
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
        await OneByOneAsync(First);                                                                          // 1
        Add("first messages of a fresh process, while it joins its group", await NewDelaysAsync());
        await OneByOneAsync(idleMessages);                                                                   // 2
        Add("idle, one at a time", await NewDelaysAsync());

        var (rates, loaded) = (new List<double> { await RateAsync() }, new List<double>());                  // 3
        for (var turn = 0; turn < Turns; turn++)
        {
            sent += await OpenLoop.RunAsync(steady, messages, share * rates[^1], _turn);
            steady.Flush();
            await worker.WaitForAsync(database, sent, TimeSpan.FromMinutes(5));
            var delays = await NewDelaysAsync();
            loaded.AddRange(delays);
            rates.Add(await RateAsync());
            Add(string.Create(CultureInfo.InvariantCulture, $"{share:P0} of {rates[^2]:F0} messages/s ({rates[^1]:F0} after it)"), delays);
        }

        Add(string.Create(CultureInfo.InvariantCulture, $"all turns: {share:P0} of {rates.Average():F0} messages/s for {seconds} s"), [.. loaded.Order()]);
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

        async Task<double> RateAsync()
        {
            (var rate, sent) = await SustainedRate.MeasureAsync(worker, database, steady, messages, sent, _turn / 2);
            await NewDelaysAsync(); // Nobody asks how long messages wait in a log that is kept full.
            return rate;
        }

        async Task<List<double>> NewDelaysAsync()
        {
            var delays = await database.ColumnAsync<double>("""
                SELECT 1000 * extract(epoch FROM pg_xact_commit_timestamp(xmin) - recorded_at)::float
                FROM scored_events WHERE NOT EXISTS (SELECT FROM measured WHERE at >= written_at) ORDER BY 1
                """);
            await database.ExecuteAsync("INSERT INTO measured SELECT max(written_at) FROM scored_events");
            return delays;
        }

        void Add(string phase, List<double> delays) => table.Add([phase, $"{delays.Count}", .. Percentiles.Of(delays)]);
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
