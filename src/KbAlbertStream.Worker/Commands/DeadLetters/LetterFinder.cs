using System.Globalization;
using System.Text;
using Confluent.Kafka;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Pipeline;

namespace KbAlbertStream.Worker.Commands.DeadLetters;

/// <summary>
/// Finds the originals of dead letters: in the dead-letter topic by the headers that say where they stood, and where it
/// does not have them - retention, a value too large for it - in the source topic at their position.
/// </summary>
internal sealed class LetterFinder(RecordReader records, TopicNames topics)
{
    /// <summary>The originals that Kafka still has, each once, as they are found. One letter at a time is in memory.</summary>
    public IEnumerable<StoredLetter> Find(IReadOnlyCollection<DeadLetterRow> rows, CancellationToken cancellationToken)
    {
        foreach (var topic in rows.GroupBy(row => row.Position.Topic))
        {
            var wanted = topic.ToLookup(row => (row.Position.Partition, row.Position.Offset));
            var found = new HashSet<DeadLetterRow>();
            foreach (var letter in records.ReadTopic(topics.DeadLetterTopic(topic.Key), cancellationToken)
                .TakeWhile(_ => found.Count < topic.Count()))
            {
                if (PositionOf(letter.Message.Headers) is { } position && position.Topic == topic.Key
                    && !letter.Message.Headers.TryGetLastBytes(DeadLetterHeaders.ValueOmitted, out _)
                    && wanted[(position.Partition, position.Offset)].FirstOrDefault(row => Fits(row, letter)) is { } row
                    && found.Add(row))
                {
                    yield return new StoredLetter(row, letter, InSource: false);
                }
            }

            foreach (var row in topic.Where(row => !found.Contains(row)))
            {
                if (records.ReadOne(row.Position, cancellationToken) is { } original)
                {
                    yield return new StoredLetter(row, original, InSource: true);
                }
            }
        }
    }

    /// <summary>Where the original of a letter stood; null when the headers do not say.</summary>
    private static LetterPosition? PositionOf(Headers headers)
    {
        var topic = TextOf(headers, DeadLetterHeaders.Topic);
        return topic is not null
            && int.TryParse(TextOf(headers, DeadLetterHeaders.Partition), CultureInfo.InvariantCulture, out var partition)
            && long.TryParse(TextOf(headers, DeadLetterHeaders.Offset), CultureInfo.InvariantCulture, out var offset)
            ? new LetterPosition(topic, partition, offset)
            : null;
    }

    // A topic that was created again has other records at the same positions. Letters of earlier versions do not say.
    private static bool Fits(DeadLetterRow row, ConsumeResult<byte[], byte[]> letter) =>
        TextOf(letter.Message.Headers, DeadLetterHeaders.RecordedAt) is not { } recorded
        || recorded == DeadLetterHeaders.Format(row.Position.RecordedAt);

    private static string? TextOf(Headers headers, string name) =>
        headers.TryGetLastBytes(name, out var value) && value is not null ? Encoding.UTF8.GetString(value) : null;
}
