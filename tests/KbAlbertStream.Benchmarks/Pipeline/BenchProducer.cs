using System.Text;
using Confluent.Kafka;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>Publishes messages. Its errors throw: a benchmark whose messages are missing measures nothing.</summary>
internal sealed class BenchProducer : IDisposable
{
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly BenchTopics _topics;

    public BenchProducer(BenchBroker broker, BenchTopics topics, double lingerMs = 20)
    {
        _topics = topics;
        _producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = broker.BootstrapServers,
            LingerMs = lingerMs,
            QueueBufferingMaxMessages = 1_000_000,
            QueueBufferingMaxKbytes = 262_144,
        }).Build();
    }

    /// <summary>Hands a message to the client; waits where its queue is full.</summary>
    public void Send(SampleMessage message)
    {
        var record = new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(message.Id), Value = message.Value };
        while (true)
        {
            try
            {
                _producer.Produce(TopicOf(message), record, ThrowIfFailed);
                return;
            }
            catch (ProduceException<byte[], byte[]> fault) when (fault.Error.Code == ErrorCode.Local_QueueFull)
            {
                _producer.Poll(TimeSpan.FromMilliseconds(50));
            }
        }
    }

    /// <summary>Publishes one message and returns when the broker has it.</summary>
    public Task SendNowAsync(SampleMessage message) => _producer.ProduceAsync(
        TopicOf(message), new() { Key = Encoding.UTF8.GetBytes(message.Id), Value = message.Value });

    /// <summary>Returns when the broker has everything.</summary>
    public void Flush() => _producer.Flush(TimeSpan.FromMinutes(5));

    /// <inheritdoc />
    public void Dispose()
    {
        Flush();
        _producer.Dispose();
    }

    private static void ThrowIfFailed(DeliveryReport<byte[], byte[]> report)
    {
        if (report.Error.IsError)
        {
            throw new KafkaException(report.Error);
        }
    }

    private string TopicOf(SampleMessage message) =>
        message.Kind == MessageKind.News ? _topics.News : _topics.Complaints;
}
