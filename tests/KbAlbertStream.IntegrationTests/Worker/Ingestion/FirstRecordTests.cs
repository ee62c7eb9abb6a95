using System.Reflection;
using Confluent.Kafka;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.IntegrationTests.Worker.Ingestion;

public sealed class FirstRecordTests(KafkaFixture kafka, PostgresServers postgres)
{
    private const int Records = 12;

    [Fact]
    public async Task A_client_that_begins_behind_where_it_was_told_to_is_sent_back()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        for (var i = 0; i < Records; i++)
        {
            await topics.PublishAsync(topics.News, SomeMessages.News($"n{i:00}"));
        }

        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString, adjust: services =>
            services.AddSingleton(provider => new ConsumerFactory(
                provider.GetRequiredService<KafkaOptions>(),
                provider.GetRequiredService<KafkaProperties>(),
                provider.GetRequiredService<ILogger<ConsumerFactory>>(),
                Skipping.Wrap)));

        await Eventually.IsAsync(() => Rows.CountAsync(database), (long)Records, "rows");
    }

    /// <summary>Swallows the first records, until it is told to seek.</summary>
    public class Skipping : DispatchProxy
    {
        private const int Swallowed = 5;

        private IConsumer<byte[], byte[]> _consumer = null!;
        private int _left = Swallowed;

        internal static IConsumer<byte[], byte[]> Wrap(IConsumer<byte[], byte[]> consumer)
        {
            var proxy = Create<IConsumer<byte[], byte[]>, Skipping>();
            ((Skipping)proxy)._consumer = consumer;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            try
            {
                var result = targetMethod!.Invoke(_consumer, args);
                return result is ConsumeResult<byte[], byte[]> { IsPartitionEOF: false } && _left-- > 0 ? null : result;
            }
            catch (TargetInvocationException fault)
            {
                throw fault.InnerException!;
            }
        }
    }
}
