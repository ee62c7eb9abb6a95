using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KbAlbertStream.IntegrationTests.Support;

namespace KbAlbertStream.IntegrationTests.Worker.Alerting;

public sealed class AlertDispatcherTests(PostgresServers servers)
{
    [Fact]
    public async Task A_post_is_signed_and_says_what_was_seen_and_expected()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new AlertingWorld(database, AlertingWorld.Options(receiver));
        await SpikeStory.WriteAsync(database, SpikeStory.Of(spike: 5));
        await world.EvaluateAsync();

        await world.DeliverAsync();

        var post = Assert.Single(receiver.Rest());
        var timestamp = post.Headers["X-KbAlbertStream-Timestamp"];
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp + "."), .. post.Body];
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(AlertingWorld.Secret), signed);
        Assert.Equal("sha256=" + Convert.ToHexStringLower(mac), post.Headers["X-KbAlbertStream-Signature"]);
        Assert.Equal(
            world.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), timestamp);
        Assert.Equal("spike:news:kb_bank:2026-12-02T03:20:00.000000Z", post.Headers["Idempotency-Key"]);
        Assert.Equal("application/json; charset=utf-8", post.Headers["Content-Type"]);

        using var body = JsonDocument.Parse(post.Body);
        var alert = body.RootElement;
        Assert.Equal("kb_bank", alert.GetProperty("institution").GetString());
        Assert.Equal(3, alert.GetProperty("seen").GetInt32());
        Assert.InRange(alert.GetProperty("expected").GetDouble(), 0.01, 0.03);
        Assert.Equal(3, alert.GetProperty("windows").GetArrayLength());
        Assert.Equal("제목 0", alert.GetProperty("evidence")[0].GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_delivery_is_tried_until_the_receiver_is_up_and_is_taken_once()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = HttpStatusCode.ServiceUnavailable;
        await using var world = new AlertingWorld(database, AlertingWorld.Options(receiver), TimeProvider.System);
        await world.StartAsync();
        await SpikeStory.WriteAsync(database, SpikeStory.Of(spike: 5));
        await world.Log.WaitForAsync(4021);
        Assert.Equal(["http_503|pending"], await database.RowsAsync(
            "SELECT last_error, state FROM alert_deliveries WHERE sink = 'webhook'"));

        receiver.Answer = HttpStatusCode.NoContent;
        await world.Log.WaitForAsync(4020, times: 2); // the log's and the webhook's

        var posts = receiver.Rest();
        Assert.True(posts.Count > 3);
        Assert.Single(posts.Select(post => post.Headers["Idempotency-Key"]).Distinct());
        Assert.Equal(["delivered|"], await database.RowsAsync(
            "SELECT state, coalesce(last_error, '') FROM alert_deliveries WHERE sink = 'webhook'"));
    }

    [Fact]
    public async Task A_receiver_that_is_down_holds_up_neither_the_detector_nor_the_log()
    {
        await using var database = await servers.NewDatabaseAsync();
        var options = AlertingWorld.Options();
        (options.WebhookUrl, options.WebhookSecret) = (new Uri("http://127.0.0.1:1/nobody"), AlertingWorld.Secret);
        await using var world = new AlertingWorld(database, options, TimeProvider.System);
        await world.StartAsync();
        await SpikeStory.WriteAsync(database, SpikeStory.Of(spike: 5));
        await world.Log.WaitForAsync(4001);

        var second = SpikeStory.Of(spike: 5).TakeLast(5)
            .Select((text, i) => text with
            {
                Offset = 40 + i,
                OccurredAt = text.OccurredAt.AddHours(2),
                Institutions = [new("nh_bank", 90)],
            });
        await SpikeStory.WriteAsync(database, second);
        await world.Log.WaitForAsync(4001, times: 2);
        await world.Log.WaitForAsync(4021);
        Assert.Equal(["connection"], await database.RowsAsync(
            "SELECT DISTINCT last_error FROM alert_deliveries WHERE sink = 'webhook' AND last_error IS NOT NULL"));
        Assert.DoesNotContain(world.Log.Lines, line => line.Contains(AlertingWorld.Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(world.Log.Lines, line => line.Contains("제목", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_crash_between_opening_and_delivery_loses_no_alert()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await SpikeStory.WriteAsync(database, SpikeStory.Of(spike: 5));
        await using (var crashed = new AlertingWorld(database, AlertingWorld.Options(receiver)))
        {
            await crashed.EvaluateAsync();
        }

        await using var restarted = new AlertingWorld(database, AlertingWorld.Options(receiver));
        await restarted.EvaluateAsync();
        Assert.Equal(2, await restarted.DeliverAsync());
        Assert.Single(receiver.Rest());

        await using var again = new AlertingWorld(database, AlertingWorld.Options(receiver));
        Assert.Equal(0, await again.DeliverAsync());
        Assert.Empty(receiver.Rest());
    }

    [Fact]
    public async Task Two_processes_deliver_an_alert_once()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await SpikeStory.WriteAsync(database, SpikeStory.Of(spike: 5));
        await using var one = new AlertingWorld(database, AlertingWorld.Options(receiver));
        await using var two = new AlertingWorld(database, AlertingWorld.Options(receiver));
        await one.EvaluateAsync();

        var dealt = await Task.WhenAll(one.DeliverAsync(), two.DeliverAsync());

        Assert.Equal(2, dealt.Sum());
        Assert.Single(receiver.Rest());
    }

    [Fact]
    public async Task A_claim_of_a_process_that_died_passes_to_another()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await SpikeStory.WriteAsync(database, SpikeStory.Of(spike: 5));
        await using var world = new AlertingWorld(database, AlertingWorld.Options(receiver));
        await world.EvaluateAsync();
        var deliveries = new KbAlbertStream.Storage.Alerts.AlertDeliveries(database.Source);
        Assert.NotNull(await deliveries.ClaimAsync("webhook", world.Time.GetUtcNow(), TimeSpan.FromMinutes(1), default));

        await world.DeliverAsync();
        Assert.Empty(receiver.Rest());

        world.Time.Advance(TimeSpan.FromMinutes(2));
        await world.DeliverAsync();
        Assert.Single(receiver.Rest());
    }

    [Fact]
    public async Task An_alert_older_than_the_limit_stays_a_row_and_is_not_sent()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var options = AlertingWorld.Options(receiver);
        options.MaxAge = TimeSpan.FromHours(24);
        await using var world = new AlertingWorld(database, options);
        world.Time.Advance(TimeSpan.FromHours(24));
        await SpikeStory.WriteAsync(database, SpikeStory.Of(spike: 5));

        await world.EvaluateAsync();
        await world.DeliverAsync();

        Assert.Empty(receiver.Rest());
        Assert.Single(await SpikeStory.AlertsAsync(database));
        Assert.Equal(["too_old", "too_old"], await database.RowsAsync("SELECT state FROM alert_deliveries"));
    }
}
