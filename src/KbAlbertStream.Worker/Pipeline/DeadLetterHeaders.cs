using System.Globalization;
using System.Text;
using Confluent.Kafka;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>
/// The headers of a dead letter: the original ones, then those that Kafka Connect writes, which most tools read, then our
/// own. Class and reason only: a message or a stack trace could quote the text.
/// </summary>
internal static class DeadLetterHeaders
{
    private const string Connect = "__connect.errors.";
    private const string Own = "x-kbas-";

    /// <summary>The topic of the original.</summary>
    public const string Topic = Connect + "topic";

    /// <summary>The partition of the original.</summary>
    public const string Partition = Connect + "partition";

    /// <summary>The offset of the original.</summary>
    public const string Offset = Connect + "offset";

    /// <summary>The timestamp of the original, as its row has it.</summary>
    public const string RecordedAt = Own + "recorded-at";

    /// <summary>Marks a dead letter without its value, which was too large for the topic.</summary>
    public const string ValueOmitted = Own + "value-omitted";

    /// <summary>The record's own time in milliseconds since 1970, on a dead letter whose topic refused it.</summary>
    public const string OriginalTimestamp = Own + "original-timestamp";

    /// <summary>A time as it stands in headers.</summary>
    public static string Format(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>What the sender set, without the marks of dead letters and replays.</summary>
    public static Headers Original(Headers? all)
    {
        var headers = new Headers();
        foreach (var header in all ?? [])
        {
            if (!header.Key.StartsWith(Connect, StringComparison.Ordinal)
                && !header.Key.StartsWith(Own, StringComparison.Ordinal))
            {
                headers.Add(header.Key, header.GetValueBytes());
            }
        }

        return headers;
    }

    /// <summary>Builds the headers. A dead letter that was fed back loses the marks of its first failure.</summary>
    public static Headers Build(RejectedRecord rejected, DateTimeOffset now)
    {
        var headers = Original(rejected.Original.Headers);
        var letter = rejected.DeadLetter;
        var validating = rejected.Stage == RejectStage.Validate;
        Add(Topic, letter.Position.Topic);
        Add(Partition, letter.Position.Partition.ToString(CultureInfo.InvariantCulture));
        Add(Offset, letter.Position.Offset.ToString(CultureInfo.InvariantCulture));
        Add(Connect + "stage", validating ? "VALUE_CONVERTER" : "TASK_PUT");
        Add(Connect + "class.name", validating ? typeof(MessageParser).FullName! : typeof(BatchWriter).FullName!);
        Add(Connect + "exception.class.name", $"{typeof(RejectReason).FullName}.{letter.Reason}");
        Add(Own + "kind", letter.Position.Kind.ToWireName());
        Add(Own + "stage", rejected.Stage.ToString().ToLowerInvariant());
        Add(Own + "reason", letter.Reason.ToWireName());
        Add(RecordedAt, Format(letter.Position.RecordedAt));
        Add(Own + "failed-at", Format(now));
        return headers;

        void Add(string name, string value) => headers.Add(name, Encoding.UTF8.GetBytes(value));
    }
}
