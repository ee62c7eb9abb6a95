using Confluent.Kafka;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Demo.Replay;

/// <summary>Publishes records and tells where each now stands.</summary>
/// <param name="settings">How the broker is reached.</param>
/// <param name="topicOf">The topic of a kind.</param>
internal sealed class StreamPublisher(ClientConfig settings, Func<MessageKind, string> topicOf)
{
    /// <summary>
    /// Publishes all records in order, each with its event time as the record's timestamp, so that weeks of history are
    /// weeks of history to whoever reads them. Returns once the broker has acknowledged every one.
    /// </summary>
    /// <exception cref="KafkaException">The broker refused a record, or did not answer in time.</exception>
    public async Task<IReadOnlyList<TopicPartitionOffset>> PublishAsync(
        IEnumerable<StreamRecord> records, CancellationToken cancellationToken)
    {
        using var producer = new ProducerBuilder<string, byte[]>(
            new ProducerConfig(settings) { EnableIdempotence = true, LingerMs = 5, MessageTimeoutMs = 30_000 }).Build();
        var sent = new List<Task<DeliveryResult<string, byte[]>>>();
        foreach (var record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sent.Add(producer.ProduceAsync(
                topicOf(record.Kind),
                new Message<string, byte[]>
                {
                    Key = record.Key,
                    Value = record.Value,
                    Timestamp = new Timestamp(record.At.ToUnixTimeMilliseconds(), TimestampType.CreateTime),
                },
                cancellationToken));
        }

        var delivered = await Task.WhenAll(sent).ConfigureAwait(false);
        return [.. delivered.Select(result => result.TopicPartitionOffset)];
    }
}
