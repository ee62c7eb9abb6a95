using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Alerts;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.IntegrationTests.Worker.Alerting;

/// <summary>An alert of which a text is withdrawn, or corrected so that it counts no more.</summary>
public sealed class CorrectionTests(PostgresServers servers)
{
    private const string AlertKey = "spike:news:kb_bank:2026-12-02T03:20:00.000000Z";

    [Theory, EveryPostgres]
    public async Task A_withdrawn_text_corrects_the_alert_that_counted_it(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = await AlertedAsync(database, receiver);

        await WriteAsync(database, SomeBatch.Withdrawing(("id-16", 100)));
        await world.EvaluateAsync();
        await world.DeliverAsync();

        Assert.Equal(["1|id-16|withdrawn|2|100"], await CorrectionsAsync(database));
        Assert.Equal(["1"], await database.RowsAsync("SELECT corrections FROM v_open_alerts"));
        Assert.Equal(1, world.Log.Count(4002));
        Assert.Equal(default, await OwedWork.ReadAsync(database.Source, default));
        var post = Assert.Single(receiver.Rest());
        Assert.Equal($"{AlertKey}/correction/1", post.Headers["Idempotency-Key"]);
        byte[] signed =
            [.. Encoding.ASCII.GetBytes(post.Headers["X-KbAlbertStream-Timestamp"] + "."), .. post.Body];
        Assert.Equal(
            "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(AlertingWorld.Secret), signed)),
            post.Headers["X-KbAlbertStream-Signature"]);
        using var body = JsonDocument.Parse(post.Body);
        Assert.Equal("correction", body.RootElement.GetProperty("type").GetString());
        Assert.Equal(AlertKey, body.RootElement.GetProperty("alert_key").GetString());
        Assert.Equal(
            (3, 2, "withdrawn", "id-16"),
            (body.RootElement.GetProperty("seen").GetInt32(), body.RootElement.GetProperty("remaining").GetInt32(),
                body.RootElement.GetProperty("reason").GetString(), body.RootElement.GetProperty("external_id").GetString()));
    }

    [Fact]
    public async Task Every_text_corrects_an_alert_once_however_often_it_is_withdrawn_and_replayed()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = await AlertedAsync(database, receiver);
        EventBatch[] batches =
        [
            SomeBatch.Withdrawing(("id-16", 100)),
            SomeBatch.Of(SpikeStory.Of(spike: 5)[16] with { Offset = 101, Id = "id-16" }),
            SomeBatch.Withdrawing(("id-16", 102), ("id-17", 103)),
        ];

        // Evaluated once after each, then, by a detector loaded anew, after all of them again.
        foreach (var batch in batches.Concat(batches))
        {
            await WriteAsync(database, batch);
            await world.EvaluateAsync();
            await world.DeliverAsync();
        }

        Assert.Equal(["1|id-16|withdrawn|2|100", "2|id-17|withdrawn|1|103"], await CorrectionsAsync(database));
        Assert.Equal(
            [$"{AlertKey}/correction/1", $"{AlertKey}/correction/2"],
            receiver.Rest().Select(post => post.Headers["Idempotency-Key"]));
    }

    [Fact]
    public async Task A_corrected_text_corrects_the_alert_only_when_it_does_not_count_any_more()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = await AlertedAsync(database, receiver);
        var text = SpikeStory.Of(spike: 5)[16] with { Id = "id-16" };

        await WriteAsync(database, SomeBatch.Of(text with { Offset = 100, Title = "고친 제목", Story = "new" }));
        await world.EvaluateAsync();
        Assert.Empty(await CorrectionsAsync(database));

        await WriteAsync(database, SomeBatch.Of(text with { Offset = 101, Negative = 0.1f }));
        await world.EvaluateAsync();
        Assert.Equal(["1|id-16|corrected|2|101"], await CorrectionsAsync(database));
    }

    [Fact]
    public async Task A_text_that_the_alert_did_not_count_corrects_nothing()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var world = await AlertedAsync(database);

        await WriteAsync(database, SomeBatch.Withdrawing(("id-3", 100), ("id-19", 101), ("never seen", 102)));
        await world.EvaluateAsync();

        Assert.Empty(await CorrectionsAsync(database));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_text_that_was_taken_back_before_the_detector_looked_raises_no_alert(bool withdrawn)
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var world = new AlertingWorld(database, AlertingWorld.Options());
        var texts = SpikeStory.Of(spike: 3);
        await SpikeStory.WriteAsync(database, texts);

        await WriteAsync(
            database,
            withdrawn
                ? SomeBatch.Withdrawing(("id-16", 100))
                : SomeBatch.Of(texts[16] with { Offset = 100, Id = "id-16", Negative = 0.1f }));
        await world.EvaluateAsync();

        Assert.Empty(await SpikeStory.AlertsAsync(database));
        Assert.Equal(default, await OwedWork.ReadAsync(database.Source, default));
    }

    [Fact]
    public async Task A_text_that_is_taken_back_is_not_counted_by_a_detector_that_has_seen_it()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var world = new AlertingWorld(database, AlertingWorld.Options(), TimeProvider.System);
        await world.StartAsync();
        var texts = SpikeStory.Of(spike: 3);
        await SpikeStory.WriteAsync(database, texts.Take(17));
        await Eventually.IsAsync(
            () => OwedWork.ReadAsync(database.Source, default), work => work.IsNone, "work of the detector");

        await WriteAsync(database, SomeBatch.Withdrawing(("id-16", 100)));
        await SpikeStory.WriteAsync(database, texts.Skip(17));
        await Eventually.IsAsync(
            () => OwedWork.ReadAsync(database.Source, default), work => work.IsNone, "work of the detector");

        Assert.Empty(await SpikeStory.AlertsAsync(database));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(1000)]
    public async Task Texts_sent_twice_give_the_alerts_of_texts_sent_once(int batch)
    {
        await using var once = await servers.NewDatabaseAsync();
        await using var twice = await servers.NewDatabaseAsync();
        await using var one = new AlertingWorld(once, AlertingWorld.Options());
        await using var two = new AlertingWorld(twice, AlertingWorld.Options());
        var texts = SpikeStory.Of(spike: 8);
        await SpikeStory.WriteAsync(once, texts, batch, () => one.EvaluateAsync());

        // Each again right after it, as a producer does that did not hear the broker's answer.
        await SpikeStory.WriteAsync(
            twice,
            texts.SelectMany(text => new[]
            {
                text with { Offset = 2 * text.Offset, Id = $"{text.Offset}" },
                text with { Offset = (2 * text.Offset) + 1, Id = $"{text.Offset}" },
            }),
            batch,
            () => two.EvaluateAsync());

        Assert.Equal(await FiguresAsync(once), await FiguresAsync(twice));
        Assert.Single(await SpikeStory.AlertsAsync(twice));
        Assert.Empty(await CorrectionsAsync(twice));
    }

    [Fact]
    public async Task A_correction_waits_until_its_alert_is_delivered()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = HttpStatusCode.ServiceUnavailable;
        await using var world = new AlertingWorld(database, AlertingWorld.Options(receiver), TimeProvider.System);
        await world.StartAsync();
        await SpikeStory.WriteAsync(database, SpikeStory.Of(spike: 5));
        await world.Log.WaitForAsync(4021);
        await WriteAsync(database, SomeBatch.Withdrawing(("id-16", 100)));
        await world.Log.WaitForAsync(4002);
        await world.Log.WaitForAsync(4021, times: world.Log.Count(4021) + 2); // time enough for one that does not wait

        receiver.Answer = HttpStatusCode.OK;
        await world.Log.WaitForAsync(4020, times: 4); // alert and correction, log and webhook

        var keys = receiver.Rest().Select(post => post.Headers["Idempotency-Key"]).ToList();
        Assert.All(keys.SkipLast(1), key => Assert.Equal(AlertKey, key));
        Assert.Equal($"{AlertKey}/correction/1", keys[^1]);
    }

    [Fact]
    public async Task A_correction_is_sent_however_old_the_alert_is_but_not_of_one_that_was_too_old_itself()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var options = AlertingWorld.Options(receiver);
        options.MaxAge = TimeSpan.FromHours(24);
        await using var world = await AlertedAsync(database, receiver, options);
        world.Time.Advance(TimeSpan.FromDays(30));
        await WriteAsync(database, SomeBatch.Withdrawing(("id-16", 100)));
        await world.EvaluateAsync();
        await world.DeliverAsync();
        Assert.Equal($"{AlertKey}/correction/1", Assert.Single(receiver.Rest()).Headers["Idempotency-Key"]);

        await using var old = await servers.NewDatabaseAsync();
        await using var late = await AlertedAsync(old, receiver, options, wait: TimeSpan.FromDays(30));
        await WriteAsync(old, SomeBatch.Withdrawing(("id-16", 100)));
        await late.EvaluateAsync();
        await late.DeliverAsync();

        Assert.Equal(["1|id-16|withdrawn|2|100"], await CorrectionsAsync(old));
        Assert.Empty(receiver.Rest());
        Assert.Equal(default, await OwedWork.ReadAsync(old.Source, default));
    }

    // A spike that was found and told: the alert opened with the texts 15, 16 and 17.
    private static async Task<AlertingWorld> AlertedAsync(
        PostgresDatabase database,
        WebhookReceiver? receiver = null,
        KbAlbertStream.Worker.Alerting.AlertingOptions? options = null,
        TimeSpan wait = default)
    {
        var world = new AlertingWorld(database, options ?? AlertingWorld.Options(receiver));
        world.Time.Advance(wait);
        await SpikeStory.WriteAsync(database, SpikeStory.Of(spike: 5));
        await world.EvaluateAsync();
        await world.DeliverAsync();
        Assert.Equal(["3"], await database.RowsAsync("SELECT seen FROM alerts"));
        receiver?.Rest();
        return world;
    }

    private static async Task WriteAsync(PostgresDatabase database, EventBatch batch)
    {
        await using var writer = new EventWriter(database.Source, new EventWriterOptions());
        await writer.WriteAsync(batch, default);
    }

    private static Task<string[]> CorrectionsAsync(PostgresDatabase database) => database.RowsAsync(
        """SELECT number, external_id, reason, remaining, "offset" FROM alert_corrections ORDER BY alert_id, number""");

    // All that is said of alerts but for where their texts stand.
    private static Task<string[]> FiguresAsync(PostgresDatabase database) => database.RowsAsync(
        """
        SELECT alert_key, state, severity, window_hours, seen, expected, p, publishers, windows::text, raised_at, raised_seen,
               raised_windows::text, calm_since
        FROM alerts ORDER BY 1
        """);
}
