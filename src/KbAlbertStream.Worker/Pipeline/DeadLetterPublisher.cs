using System.Globalization;
using System.Text;
using Confluent.Kafka;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>
/// Sends rejected records to their dead-letter topics with original key, value, headers and timestamp. Thread-safe.
/// </summary>
internal sealed class DeadLetterPublisher : IDisposable
{
    // Requests that a letter may share with others that are refused, before the refusal counts as its own.
    private const int Attempts = 10;

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
        var left = Attempts;
        while (!await TryProduceAsync(topic, message, --left == 0, cancellationToken).ConfigureAwait(false))
        {
            // Again: without what was refused, or without the neighbour that was.
        }
    }

    /// <summary>
    /// Sends a letter; false when it has to be sent again, after what the topic's settings refuse has been taken out. A
    /// refusal for good must not hold up the partition: the original stays where the headers say.
    /// </summary>
    private async Task<bool> TryProduceAsync(
        string topic, Message<byte[], byte[]> message, bool isLast, CancellationToken cancellationToken)
    {
        try
        {
            await _producer.ProduceAsync(topic, message, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ProduceException<byte[], byte[]> fault)
            when (fault.Error.Code == ErrorCode.MsgSizeTooLarge && message.Value is not null)
        {
            // The headers made it larger than the topic takes.
            message.Value = null!;
            message.Headers.Add(DeadLetterHeaders.ValueOmitted, "true"u8.ToArray());
            return false;
        }
        catch (ProduceException<byte[], byte[]> fault)
            when (IsRefusal(fault.Error.Code) && message.Timestamp.Type != TimestampType.NotAvailable)
        {
            // The source topic took the time, this one does not (message.timestamp.before.max.ms and after.max.ms).
            var original = message.Timestamp.UnixTimestampMs.ToString(CultureInfo.InvariantCulture);
            message.Headers.Add(DeadLetterHeaders.OriginalTimestamp, Encoding.UTF8.GetBytes(original));
            message.Timestamp = Timestamp.Default;
            return false;
        }
        catch (ProduceException<byte[], byte[]> fault) when (!isLast && IsRefusal(fault.Error.Code))
        {
            // It shared a request with a refused one and was refused along with it.
            return false;
        }
    }

    // Brokers and librdkafka do not say reliably which record of a request was the bad one.
    private static bool IsRefusal(ErrorCode code) => code is ErrorCode.InvalidTimestamp or ErrorCode.InvalidRecord
        or ErrorCode.Local_InvalidDifferentRecord;
}
