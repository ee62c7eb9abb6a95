using Confluent.Kafka;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>
/// Sends rejected records to their dead-letter topics with original key, value, headers and timestamp. Thread-safe.
/// </summary>
internal sealed class DeadLetterPublisher : IDisposable
{
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly TopicNames _topics;
    private readonly TimeProvider _time;

    public DeadLetterPublisher(IProducer<byte[], byte[]> producer, TopicNames topics, TimeProvider time)
    {
        _producer = producer;
        _topics = topics;
        _time = time;
    }

    /// <summary>Sends them and returns when the brokers have them all. All may be sent again after a fault.</summary>
    /// <exception cref="ProduceException{TKey,TValue}">A broker did not take one.</exception>
    public Task PublishAsync(IEnumerable<RejectedRecord> rejects, CancellationToken cancellationToken) =>
        Task.WhenAll(rejects.Select(rejected => PublishAsync(rejected, cancellationToken)));

    /// <inheritdoc />
    public void Dispose() => _producer.Dispose();

    private async Task PublishAsync(RejectedRecord rejected, CancellationToken cancellationToken)
    {
        var topic = _topics.DeadLetterTopic(rejected.Original.Position.Topic);
        var message = new Message<byte[], byte[]>
        {
            Key = rejected.Original.Key!,
            Value = rejected.Original.Value!,
            Headers = DeadLetterHeaders.Build(rejected, _time.GetUtcNow()),
            Timestamp = rejected.Original.Timestamp.Type == TimestampType.NotAvailable
                ? Timestamp.Default
                : new Timestamp(rejected.Original.Timestamp.UnixTimestampMs, TimestampType.CreateTime),
        };
        try
        {
            await _producer.ProduceAsync(topic, message, cancellationToken).ConfigureAwait(false);
        }
        catch (ProduceException<byte[], byte[]> fault) when (fault.Error.Code == ErrorCode.MsgSizeTooLarge)
        {
            // The headers made it larger than the topic takes. The original stays where the headers say; without its
            // value the letter can go, and the partition is not stuck.
            message.Value = null!;
            message.Headers.Add(DeadLetterHeaders.ValueOmitted, "true"u8.ToArray());
            await _producer.ProduceAsync(topic, message, cancellationToken).ConfigureAwait(false);
        }
    }
}
