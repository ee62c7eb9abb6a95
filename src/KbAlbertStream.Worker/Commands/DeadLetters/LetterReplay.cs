using Confluent.Kafka;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Worker.Pipeline;

namespace KbAlbertStream.Worker.Commands.DeadLetters;

/// <summary>Puts originals back on their source topic, marked with their original position.</summary>
internal sealed class LetterReplay(RecordReader records, IProducer<byte[], byte[]> producer, ReplaySeal seal) : IDisposable
{
    // Sent together and waited for together: bounds the memory, and still fills the producer's batches.
    private const int AtOnce = 50;

    private readonly Dictionary<string, int> _partitions = [];

    /// <summary>Puts them back and returns when the brokers have them.</summary>
    /// <param name="letters">The originals.</param>
    /// <param name="dry">Count alone.</param>
    /// <param name="cancellationToken">Ends it in between; what was put back stays, which is safe.</param>
    public async Task<ReplayResult> RunAsync(
        IEnumerable<StoredLetter> letters, bool dry, CancellationToken cancellationToken)
    {
        var result = new ReplayResult();
        foreach (var chunk in letters.Chunk(AtOnce))
        {
            var sent = await Task.WhenAll(chunk.Select(letter => SendAsync(letter, dry, cancellationToken)))
                .ConfigureAwait(false);
            foreach (var (letter, fault) in chunk.Zip(sent))
            {
                result.Add(letter, fault);
            }
        }

        return result;
    }

    /// <inheritdoc />
    public void Dispose() => producer.Dispose();

    /// <summary>The reason why it could not be sent; null when the brokers have it.</summary>
    private async Task<string?> SendAsync(StoredLetter letter, bool dry, CancellationToken cancellationToken)
    {
        var original = letter.Row.Position;
        var isThere = original.Partition < PartitionsOf(original.Topic);
        var partition = isThere ? new Partition(original.Partition) : Partition.Any;
        if (dry)
        {
            return null;
        }

        // Without the old timestamp: retention would take the record away again at once. The seal carries it.
        var message = new Message<byte[], byte[]>
        {
            Key = letter.Key!,
            Value = letter.Value!,
            Headers = HeadersOf(letter),
        };
        try
        {
            await producer.ProduceAsync(new TopicPartition(original.Topic, partition), message, cancellationToken)
                .ConfigureAwait(false);
            return null;
        }
        catch (ProduceException<byte[], byte[]> fault)
        {
            return fault.Error.Code.ToString();
        }
    }

    private Headers HeadersOf(StoredLetter letter)
    {
        var headers = DeadLetterHeaders.Original(letter.Found.Message.Headers);
        seal.Add(headers, letter.Row.Position, letter.Key, letter.Value);
        return headers;
    }

    private int PartitionsOf(string topic)
    {
        if (!_partitions.TryGetValue(topic, out var count))
        {
            _partitions[topic] = count = records.PartitionsOf(topic);
        }

        return count;
    }
}
