using System.Collections.Concurrent;
using System.Reflection;
using Confluent.Kafka;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.IntegrationTests.Worker;

public sealed class OneThreadTests(KafkaFixture kafka, PostgresServers postgres)
{
    [Fact]
    public async Task Promise_6_one_thread_touches_the_consumer()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync());
        var calls = new ConcurrentQueue<(string Method, string? Thread, int Id)>();
        await using (var worker = await TestWorker.StartAsync(topics, database.ConnectionString, adjust: services =>
            services.AddSingleton(provider => new ConsumerFactory(
                provider.GetRequiredService<KafkaOptions>(),
                provider.GetRequiredService<KafkaProperties>(),
                provider.GetRequiredService<ILogger<ConsumerFactory>>(),
                consumer => Watched.Wrap(consumer, calls)))))
        {
            await topics.PublishAsync(topics.News, SomeMessages.News("n1"));
            await Eventually.IsAsync(() => Rows.CountAsync(database), 1L, "rows");
            await worker.StopAsync();
        }

        Assert.Superset(
            new HashSet<string> { "Subscribe", "Consume", "Commit", "GetWatermarkOffsets", "Close", "Dispose" },
            calls.Select(call => call.Method).ToHashSet());
        Assert.Single(calls.Select(call => call.Id).Distinct());
        Assert.Equal("kafka-source", calls.First().Thread);
    }

    /// <summary>Notes the thread of every call before it passes it on.</summary>
    public class Watched : DispatchProxy
    {
        private IConsumer<byte[], byte[]> _consumer = null!;
        private ConcurrentQueue<(string Method, string? Thread, int Id)> _calls = null!;

        internal static IConsumer<byte[], byte[]> Wrap(
            IConsumer<byte[], byte[]> consumer, ConcurrentQueue<(string Method, string? Thread, int Id)> calls)
        {
            var proxy = Create<IConsumer<byte[], byte[]>, Watched>();
            ((Watched)proxy)._consumer = consumer;
            ((Watched)proxy)._calls = calls;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            _calls.Enqueue((targetMethod!.Name, Thread.CurrentThread.Name, Environment.CurrentManagedThreadId));
            try
            {
                return targetMethod.Invoke(_consumer, args);
            }
            catch (TargetInvocationException fault)
            {
                throw fault.InnerException!;
            }
        }
    }
}
