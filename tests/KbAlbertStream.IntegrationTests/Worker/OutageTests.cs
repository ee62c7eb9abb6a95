using System.Net.Sockets;
using KbAlbertStream.Demo.Postgres;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Schema;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Pipeline;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Worker;

public sealed class OutageTests(KafkaFixture kafka, PostgresServers postgres)
{
    [Fact]
    public async Task While_the_database_is_down_the_consumer_pauses_polls_on_and_keeps_its_partitions()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        var isDown = true;
        WorkerMetrics? metrics = null;
        await using var worker = await TestWorker.StartAsync(
            topics,
            database.ConnectionString,
            new()
            {
                ["Kafka:MaxUnpolled"] = "00:00:00.500",
                ["Kafka:Consumer:max.poll.interval.ms"] = "6000",
                ["Batching:MaxRecords"] = "5",
            },
            services => services.AddSingleton<WriteEvents>(provider => (batch, token) =>
            {
                metrics = provider.GetRequiredService<WorkerMetrics>();
                return Volatile.Read(ref isDown)
                    ? throw new NpgsqlException("down", new SocketException((int)SocketError.ConnectionRefused))
                    : provider.GetRequiredService<EventWriter>().WriteAsync(batch, token);
            }));
        for (var i = 0; i < 60; i++)
        {
            await topics.PublishAsync(topics.News, SomeMessages.News($"n{i:00}"));
        }

        await Eventually.IsTrueAsync(() => metrics?.Paused == true, "pause");
        using (var http = worker.Http)
        {
            var ready = await http.GetAsync(new Uri("/readyz", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(503, (int)ready.StatusCode);
            Assert.Contains("kbas_paused{", await http.GetStringAsync("/metrics"), StringComparison.Ordinal);
        }

        // Longer than max.poll.interval.ms: without polling the group would have given the worker up.
        await Task.Delay(TimeSpan.FromSeconds(8), TimeProvider.System, TestContext.Current.CancellationToken);
        Volatile.Write(ref isDown, false);

        await Eventually.IsAsync(() => Rows.CountAsync(database), 60L, "rows");
        Assert.False(metrics!.Paused);
        Assert.DoesNotContain(worker.Logs.Lines, line => line.Contains(" 1004 ", StringComparison.Ordinal)
            || line.Contains(" 1005 ", StringComparison.Ordinal)
            || line.Contains("MaxPollExceeded", StringComparison.Ordinal));
        Assert.Contains(worker.Logs.Lines, line => line.Contains(" 3002 ", StringComparison.Ordinal)
            && line.Contains("ConnectionRefused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_batch_after_an_outage_finds_the_ends_of_all_logs_stored()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        var isDown = false;
        var refused = new TaskCompletionSource();
        long? unread = null;
        await using var worker = await TestWorker.StartAsync(
            topics,
            database.ConnectionString,
            adjust: services => services.AddSingleton<WriteEvents>(provider => async (batch, token) =>
            {
                if (Volatile.Read(ref isDown))
                {
                    refused.TrySetResult();
                    throw new NpgsqlException("down", new SocketException((int)SocketError.ConnectionRefused));
                }

                if (refused.Task.IsCompleted)
                {
                    unread ??= await database.ScalarAsync<long>(
                        $"SELECT end_offset - next_offset FROM partition_progress WHERE topic = '{topics.Complaints}'");
                }

                return await provider.GetRequiredService<EventWriter>().WriteAsync(batch, token);
            }));
        await topics.PublishAsync(topics.News, SomeMessages.News("n1"));
        await topics.PublishAsync(topics.Complaints, SomeMessages.Complaint("c1"));
        await Eventually.IsAsync(() => Rows.CountAsync(database), 2L, "rows before");

        Volatile.Write(ref isDown, true);
        await topics.PublishAsync(topics.News, SomeMessages.News("n2"));
        await refused.Task.WaitAsync(TestContext.Current.CancellationToken);
        await topics.PublishAsync(topics.Complaints, SomeMessages.Complaint("c2"));
        await topics.PublishAsync(topics.Complaints, SomeMessages.Complaint("c3"));
        Volatile.Write(ref isDown, false);

        await Eventually.IsAsync(() => Rows.CountAsync(database), 5L, "rows");
        Assert.Equal(2, unread);
    }

    [Fact]
    public async Task A_killed_database_server_costs_time_and_nothing_else()
    {
        await using var server = await StartServerAsync();
        await using var source = StorageDataSource.Create(server.ConnectionString);
        await new SchemaMigrator(source).MigrateAsync(TestContext.Current.CancellationToken);
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        await using var worker = await TestWorker.StartAsync(topics, server.ConnectionString);
        await topics.PublishAsync(topics.News, SomeMessages.News("n1"));
        await Eventually.IsAsync(() => CountAsync(source), 1L, "rows before");

        await server.KillAsync(TestContext.Current.CancellationToken);
        await topics.PublishAsync(topics.News, SomeMessages.News("n2"));
        await Eventually.IsTrueAsync(
            () => worker.Logs.Lines.Any(line => line.Contains(" 3002 ", StringComparison.Ordinal)), "a retry");
        await server.StartAgainAsync(TestContext.Current.CancellationToken);

        await Eventually.IsAsync(() => CountAsync(source), 2L, "rows after");
        Assert.Equal(ExitCode.Done, await worker.StopAsync());
    }

    [Fact]
    public async Task Partitions_whose_position_is_unknown_stay_paused_until_the_database_says_it()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        for (var i = 0; i < 10; i++)
        {
            await topics.PublishAsync(topics.News, SomeMessages.News($"n{i}"));
        }

        await database.ExecuteAsync(
            $"INSERT INTO partition_progress (topic, \"partition\", kind, next_offset) VALUES ('{topics.News}', 0, 'news', 4)");
        var asked = 0;
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString, adjust: services =>
        {
            services.AddSingleton<PositionLookup>(provider => (partitions, token) =>
                Interlocked.Increment(ref asked) < 4
                    ? throw new NpgsqlException("down")
                    : provider.GetRequiredService<RegisteredPositions>().LookUpAsync(partitions, token));
        });

        await Eventually.IsAsync(() => Rows.CountAsync(database), 6L, "rows");
        await topics.PublishAsync(topics.News, SomeMessages.News("n10"));
        await Eventually.IsAsync(() => Rows.CountAsync(database), 7L, "rows");
        Assert.Equal(["n10", "n4", "n5", "n6", "n7", "n8", "n9"], await Rows.IdsAsync(database));
    }

    [Fact]
    public async Task A_missing_schema_is_waited_for_with_clear_messages()
    {
        await using var database = await postgres.NewEmptyDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        await topics.PublishAsync(topics.News, SomeMessages.News("n1"));
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        await Eventually.IsTrueAsync(
            () => worker.Logs.Lines.Any(line => line.Contains("run 'kbalbertstream migrate'", StringComparison.Ordinal)),
            "the advice");
        using (var http = worker.Http)
        {
            var ready = await http.GetAsync(new Uri("/readyz", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Contains("schema", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await new SchemaMigrator(database.Source).MigrateAsync(TestContext.Current.CancellationToken);

        await Eventually.IsAsync(() => Rows.CountAsync(database), 1L, "rows");
    }

    [Fact]
    public async Task Migrations_run_at_start_where_that_is_configured()
    {
        await using var database = await postgres.NewEmptyDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        await topics.PublishAsync(topics.News, SomeMessages.News("n1"));
        await using var worker = await TestWorker.StartAsync(
            topics, database.ConnectionString, new() { ["Database:MigrateAtStart"] = "true" });

        await Eventually.IsTrueAsync(
            () => worker.Logs.Lines.Any(line => line.Contains(" 3004 ", StringComparison.Ordinal)), "the schema");
        await Eventually.IsAsync(() => Rows.CountAsync(database), 1L, "rows");
    }

    [Fact]
    public async Task A_service_that_waits_for_its_database_stops_at_once_when_asked()
    {
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        await using var worker = await TestWorker.StartAsync(
            topics, "Host=127.0.0.1;Port=1;Username=nobody;Password=secret;Timeout=2");
        await Eventually.IsTrueAsync(
            () => worker.Logs.Lines.Any(line => line.Contains(" 3006 ", StringComparison.Ordinal)), "the message");

        Assert.Equal(ExitCode.Done, await worker.StopAsync());
        Assert.DoesNotContain(worker.Logs.Lines, line => line.Contains("secret", StringComparison.Ordinal));
    }

    private static async Task<LocalPostgres> StartServerAsync()
    {
        try
        {
            return await LocalPostgres.StartAsync(new LocalPostgresOptions { MayUseApt = false }, CancellationToken.None);
        }
        catch (PostgresUnavailableException missing)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", missing.Message);
            Assert.Skip(missing.Message);
            throw;
        }
    }

    private static async Task<long> CountAsync(NpgsqlDataSource source)
    {
        try
        {
            await using var command = source.CreateCommand("SELECT count(*) FROM scored_events");
            return (long)(await command.ExecuteScalarAsync())!;
        }
        catch (NpgsqlException)
        {
            return -1;
        }
    }
}
