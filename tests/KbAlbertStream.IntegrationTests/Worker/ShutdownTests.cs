using System.Net.Sockets;
using System.Reflection;
using Confluent.Kafka;
using KbAlbertStream.Core.Entities;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Worker;

public sealed class ShutdownTests(KafkaFixture kafka, PostgresServers postgres)
{
    [Fact]
    public async Task What_was_read_is_written_and_committed_before_the_service_ends()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);
        for (var i = 0; i < 50; i++)
        {
            await topics.PublishAsync(topics.News, SomeMessages.News($"n{i}"));
        }

        await Eventually.IsAsync(() => Rows.CountAsync(database), count => count > 0, "a first row");
        Assert.Equal(ExitCode.Done, await worker.StopAsync());

        var rows = await Rows.CountAsync(database);
        Assert.Equal(
            rows,
            await database.ScalarAsync<long>(
                $"SELECT next_offset FROM partition_progress WHERE topic = '{topics.News}'"));
        Assert.Equal(rows, topics.Committed(topics.News, 0));
    }

    [Fact]
    public async Task A_service_that_is_told_to_stop_while_it_starts_ends_in_order()
    {
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(TestWorker.Settings(topics, "Host=127.0.0.1;Port=1;Database=none")).Build();
        await using var app = WorkerHost.Build(
            configuration,
            WorkerSettings.Read(configuration),
            new LoadedModel(FormulaScores.Score, "formula/1", "1", () => default, null),
            InstitutionDictionary.Load(InstitutionDictionary.ShippedPath),
            services => services.AddHostedService<ImpatientOperator>());

        Assert.Equal(ExitCode.Done, await WorkerHost.RunAsync(app, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_does_not_finish_in_time_is_given_up_and_read_again()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        var tried = new TaskCompletionSource();
        await using (var worker = await TestWorker.StartAsync(
            topics,
            database.ConnectionString,
            new() { ["Service:ShutdownTime"] = "00:00:01" },
            services => services.AddSingleton(new WriteEvents((_, _) =>
            {
                tried.TrySetResult();
                throw new NpgsqlException("down", new SocketException((int)SocketError.ConnectionRefused));
            }))))
        {
            await topics.PublishAsync(topics.News, SomeMessages.News("n1"));
            await tried.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            Assert.Equal(ExitCode.ShutdownCutShort, await worker.StopAsync());
        }

        await using var next = await TestWorker.StartAsync(topics, database.ConnectionString);
        await Eventually.IsAsync(() => Rows.CountAsync(database), 1L, "rows");
    }

    [Fact]
    public async Task Promise_8_a_fatal_error_of_the_Kafka_client_ends_the_process_with_its_code()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString, adjust: services =>
            services.AddSingleton(provider => new ConsumerFactory(
                provider.GetRequiredService<KafkaOptions>(),
                provider.GetRequiredService<KafkaProperties>(),
                provider.GetRequiredService<ILogger<ConsumerFactory>>(),
                Doomed.Wrap)));

        await worker.Ended.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.KafkaFatal, worker.ExitCode);
    }

    [Fact]
    public async Task A_missing_broker_is_waited_for_with_clear_messages()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        await using var worker = await TestWorker.StartAsync(
            topics, database.ConnectionString, new() { ["Kafka:BootstrapServers"] = "127.0.0.1:1" });

        await Eventually.IsTrueAsync(
            () => worker.Logs.Lines.Any(line => line.Contains("No broker of 127.0.0.1:1", StringComparison.Ordinal)),
            "the message");
        Assert.Equal(ExitCode.Done, await worker.StopAsync());
    }

    /// <summary>A consumer whose first Consume fails for good.</summary>
    public class Doomed : DispatchProxy
    {
        private IConsumer<byte[], byte[]> _consumer = null!;

        internal static IConsumer<byte[], byte[]> Wrap(IConsumer<byte[], byte[]> consumer)
        {
            var proxy = Create<IConsumer<byte[], byte[]>, Doomed>();
            ((Doomed)proxy)._consumer = consumer;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IConsumer<byte[], byte[]>.Consume)
                ? throw new ConsumeException(
                    new ConsumeResult<byte[], byte[]>(), new Error(ErrorCode.Local_Fatal, "fenced", isFatal: true))
                : targetMethod.Invoke(_consumer, args);
    }

    /// <summary>SIGTERM before the first service has started.</summary>
    private sealed class ImpatientOperator(IHostApplicationLifetime lifetime) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            return Task.CompletedTask;
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
