using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Alerts;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Storage.Writing;
using Microsoft.EntityFrameworkCore;

namespace KbAlbertStream.IntegrationTests.Worker.Alerting;

public sealed class SpikeMonitorTests(PostgresServers servers)
{
    [Theory, EveryPostgres]
    public async Task A_spike_opens_one_alert_with_its_figures(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var world = new AlertingWorld(database, AlertingWorld.Options());
        await SpikeStory.WriteAsync(database, SpikeStory.Of(spike: 8));

        Assert.True(await world.EvaluateAsync());

        await using var context = EventsDbContext.For(database.Source);
        var alert = await context.Alerts.SingleAsync();
        Assert.Equal("kb_bank", alert.InstitutionId);
        Assert.Equal("news", alert.Kind);
        Assert.Equal("open", alert.State);
        Assert.Equal("critical", alert.Severity); // data_breach is of severity 3
        Assert.Equal(SpikeStory.SpikeAt.AddMinutes(20), alert.OpenedAt);
        Assert.Equal((1, 3, 3), (alert.WindowHours, alert.Seen, alert.Publishers));
        Assert.InRange(alert.Expected, 0.015, 0.025);
        Assert.InRange(alert.P, 1e-7, 1e-4);
        Assert.Contains("\"hours\": 24", alert.Windows, StringComparison.Ordinal);
        Assert.Contains("제목 2", alert.Evidence, StringComparison.Ordinal);
        Assert.Equal(["data_breach|제목 2"], await database.RowsAsync(
            "SELECT s ->> 'label', s ->> 'text' FROM alerts, jsonb_path_query(evidence, '$[*].spans[*]') AS s ORDER BY 2 DESC LIMIT 1"));
        Assert.Equal(
            ["spike:news:kb_bank:2026-12-02T03:20:00.000000Z|demo/1|labels/2|masker/3|dictionary/4|snb-flat/1"],
            await database.RowsAsync(
                "SELECT alert_key, model_version, label_set_version, masker_version, dictionary_version, detector FROM alerts"));
        Assert.Equal(["kb_bank|제목 0, 제목 1, 제목 2"], await database.RowsAsync(
            "SELECT institution_id, array_to_string(titles, ', ') FROM v_open_alerts"));
        Assert.Equal(new OwedWork(0, 1), await OwedWork.ReadAsync(database.Source, default));
    }

    [Theory, EveryPostgres]
    public async Task A_quiet_stream_opens_none(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var world = new AlertingWorld(database, AlertingWorld.Options());
        await SpikeStory.WriteAsync(database, SpikeStory.Of(spike: 1));

        await world.EvaluateAsync();

        Assert.Empty(await SpikeStory.AlertsAsync(database));
        Assert.Equal(["0.5"], await database.RowsAsync("SELECT round(per_day::numeric, 1) FROM spike_levels"));
        Assert.Equal(0, await database.ScalarAsync<long>("SELECT count(*) FROM pending_looks"));
    }

    [Theory]
    [InlineData("shinhan_card", 5, 6)]
    [InlineData("kb_bank", 17, 12)]
    [InlineData("hana_bank", 24, 40)]
    public async Task Other_institutions_weeks_and_sizes_are_found(string institution, int day, int size)
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var world = new AlertingWorld(database, AlertingWorld.Options());
        var at = SomeText.Noon.AddDays(day).AddHours(2);
        var texts = SpikeStory.Of(spike: 0)
            .Concat(Enumerable.Range(0, size).Select(i => new SomeText(0)
            {
                OccurredAt = at.AddMinutes(300.0 / size * i),
                Source = $"p{i}",
                Institutions = [new(institution, 80)],
                Reputation = ["misselling"],
            }))
            .OrderBy(text => text.OccurredAt)
            .Select((text, offset) => text with { Offset = offset });
        await SpikeStory.WriteAsync(database, texts);

        await world.EvaluateAsync();

        await using var context = EventsDbContext.For(database.Source);
        var alert = await context.Alerts.SingleAsync();
        Assert.Equal(institution, alert.InstitutionId);
        Assert.InRange(alert.OpenedAt, at, at.AddHours(5));
    }

    [Fact]
    public async Task The_alert_closes_in_event_time()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var world = new AlertingWorld(database, AlertingWorld.Options());
        await SpikeStory.WriteAsync(
            database, [.. SpikeStory.Of(spike: 8), SpikeStory.ClockAt(99, SpikeStory.SpikeAt.AddHours(37))]);

        await world.EvaluateAsync();

        // The sixth text (50 min) leaves the 24 hours last but two: then calm, and 12 hours later closed.
        Assert.Equal(
            [$"closed|{SpikeStory.SpikeAt.AddMinutes(50).AddHours(36):u}"],
            (await database.RowsAsync("SELECT state, closed_at FROM alerts"))
                .Select(row => $"{row.Split('|')[0]}|{DateTimeOffset.Parse(row.Split('|')[1], null):u}"));
    }

    /// <summary>Promise 2: replaying a batch changes no row and sends no second alert.</summary>
    [Fact]
    public async Task Replaying_the_stream_sends_no_second_alert()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        for (var replay = 0; replay < 3; replay++)
        {
            await using var world = new AlertingWorld(database, AlertingWorld.Options(receiver));
            await SpikeStory.WriteAsync(database, SpikeStory.Of(spike: 12), batch: 7 + replay);
            await world.EvaluateAsync();
            await world.DeliverAsync();
        }

        Assert.Single(receiver.Rest());
        Assert.Single(await SpikeStory.AlertsAsync(database));
    }

    [Fact]
    public async Task A_detector_that_lost_its_memory_finds_the_same_alert_and_sends_it_once()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new AlertingWorld(database, AlertingWorld.Options(receiver));
        await SpikeStory.WriteAsync(database, SpikeStory.Of(spike: 12));
        await world.EvaluateAsync();
        await world.DeliverAsync();
        var before = await SpikeStory.AlertsAsync(database);

        await database.ExecuteAsync(
            """
            TRUNCATE spike_levels, detector_state;
            INSERT INTO pending_looks (kind, institution_id, occurred_at, clock_at, recorded_at, topic, "partition", "offset")
            SELECT kind, institution_id, occurred_at, occurred_at, recorded_at, topic, "partition", "offset"
            FROM negative_mentions
            """);
        await world.EvaluateAsync();
        await world.DeliverAsync();

        Assert.Equal(before, await SpikeStory.AlertsAsync(database));
        Assert.Single(receiver.Rest());
    }

    [Fact]
    public async Task The_same_log_gives_the_same_alerts_live_or_replayed_in_one_batch_or_many()
    {
        var texts = SpikeStory.Of(spike: 12)
            .Append(SpikeStory.ClockAt(27, SpikeStory.SpikeAt.AddHours(60)))
            .Append(new SomeText(28) { OccurredAt = SpikeStory.SpikeAt.AddHours(60) })
            .ToList();
        await using var replayed = await servers.NewDatabaseAsync();
        await using var once = new AlertingWorld(replayed, AlertingWorld.Options());
        await SpikeStory.WriteAsync(replayed, texts);
        await once.EvaluateAsync();
        var expected = await SpikeStory.AlertsAsync(replayed);
        Assert.Contains("closed", Assert.Single(expected), StringComparison.Ordinal);

        foreach (var batch in new[] { 1, 4 })
        {
            // Each round in a detector that was loaded anew: a restart after every batch.
            await using var live = await servers.NewDatabaseAsync();
            await using var world = new AlertingWorld(live, AlertingWorld.Options());
            await SpikeStory.WriteAsync(live, texts, batch, () => world.EvaluateAsync());
            Assert.Equal(expected, await SpikeStory.AlertsAsync(live));
        }
    }

    [Fact]
    public async Task Two_kinds_in_two_partitions_read_one_after_the_other_give_what_reading_in_step_gives()
    {
        var news = SpikeStory.Of(spike: 6);
        var complaints = SpikeStory.Of(spike: 9).Select(text => text with
        {
            Kind = MessageKind.Complaint,
            OccurredAt = text.OccurredAt.AddHours(1),
            Institutions = [new("nh_life", 100)],
        }).ToList();
        string[][] alerts = [[], []];
        for (var run = 0; run < 2; run++)
        {
            await using var database = await servers.NewDatabaseAsync();
            await using var world = new AlertingWorld(database, AlertingWorld.Options());
            await using var writer = new EventWriter(database.Source, new EventWriterOptions());
            await AssignAsync(writer, news, complaints);
            IEnumerable<SomeText> order = run == 0
                ? news.Concat(complaints)
                : news.Concat(complaints).OrderBy(text => text.OccurredAt);
            foreach (var text in order)
            {
                var end = (text.Kind == MessageKind.News ? news : complaints).Count;
                var batch = SomeBatch.Of(text);
                await writer.WriteAsync(
                    batch with { Positions = [.. batch.Positions.Select(p => p with { EndOffset = end })] }, default);
                await world.EvaluateAsync();
            }

            alerts[run] = await SpikeStory.AlertsAsync(database);
        }

        Assert.Equal(2, alerts[0].Length);
        Assert.Equal(alerts[0], alerts[1]);
    }

    [Fact]
    public async Task Of_two_monitors_one_evaluates_and_the_other_takes_over()
    {
        await using var database = await servers.NewDatabaseAsync();
        var first = new AlertingWorld(database, AlertingWorld.Options(), TimeProvider.System);
        await first.StartAsync();
        await first.Log.WaitForAsync(4010);
        await using var second = new AlertingWorld(database, AlertingWorld.Options(), TimeProvider.System);
        await second.StartAsync();
        await second.Log.WaitForAsync(4011);
        Assert.False(await second.EvaluateAsync());

        await first.DisposeAsync();
        await second.Log.WaitForAsync(4010);
        await SpikeStory.WriteAsync(database, SpikeStory.Of(spike: 5));
        await second.Log.WaitForAsync(4001);
        Assert.Equal(0, first.Log.Count(4001));
    }

    [Fact]
    public async Task A_monitor_that_lost_its_connection_stops_and_gets_the_right_back()
    {
        await using var database = await servers.NewDatabaseAsync();
        await using var world = new AlertingWorld(database, AlertingWorld.Options(), TimeProvider.System);
        await world.StartAsync();
        await world.Log.WaitForAsync(4010);

        // Of this database alone: other tests hold their locks on the same server.
        await database.ExecuteAsync(
            """
            SELECT pg_terminate_backend(l.pid)
            FROM pg_locks AS l
            JOIN pg_database AS d ON d.oid = l.database AND d.datname = current_database()
            WHERE l.locktype = 'advisory' AND l.pid <> pg_backend_pid()
            """);
        await world.Log.WaitForAsync(4012);
        await world.Log.WaitForAsync(4010, times: 2);

        await SpikeStory.WriteAsync(database, SpikeStory.Of(spike: 5));
        await world.Log.WaitForAsync(4001);
    }

    [Fact]
    public async Task A_monitor_started_before_the_migration_waits_for_it()
    {
        await using var database = await servers.NewEmptyDatabaseAsync();
        await using var world = new AlertingWorld(database, AlertingWorld.Options(), TimeProvider.System);
        await world.StartAsync();
        await world.Log.WaitForAsync(4012);

        await new KbAlbertStream.Storage.Schema.SchemaMigrator(database.Source).MigrateAsync(default);
        await world.Log.WaitForAsync(4010);
    }

    // What a worker does on assignment, so that the clock knows of the partition it has not read yet.
    private static async Task AssignAsync(EventWriter writer, List<SomeText> news, List<SomeText> complaints) =>
        await writer.WriteAsync(
            new EventBatch([], [], [
                .. new[] { news, complaints }.Select(log => (((ScoredEvent)log[0]).Position, log.Count))
                    .Select(p => new PartitionPosition(
                        p.Position.Kind, p.Position.Topic, p.Position.Partition, 0, p.Count, null))]),
            default);
}
