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

    /// <summary>Marks a dead letter without its value, which was too large for the topic.</summary>
    public const string ValueOmitted = Own + "value-omitted";

    /// <summary>The record's own time in milliseconds since 1970, on a dead letter whose topic refused it.</summary>
    public const string OriginalTimestamp = Own + "original-timestamp";

    /// <summary>Builds the headers. A dead letter that was fed back loses the marks of its first failure.</summary>
    public static Headers Build(RejectedRecord rejected, DateTimeOffset now)
    {
        var headers = new Headers();
        foreach (var original in rejected.Original.Headers ?? [])
        {
            if (!original.Key.StartsWith(Connect, StringComparison.Ordinal)
                && !original.Key.StartsWith(Own, StringComparison.Ordinal))
            {
                headers.Add(original.Key, original.GetValueBytes());
            }
        }

        var letter = rejected.DeadLetter;
        var validating = rejected.Stage == RejectStage.Validate;
        Add(Connect + "topic", letter.Position.Topic);
        Add(Connect + "partition", letter.Position.Partition.ToString(CultureInfo.InvariantCulture));
        Add(Connect + "offset", letter.Position.Offset.ToString(CultureInfo.InvariantCulture));
        Add(Connect + "stage", validating ? "VALUE_CONVERTER" : "TASK_PUT");
        Add(Connect + "class.name", validating ? typeof(MessageParser).FullName! : typeof(BatchWriter).FullName!);
        Add(Connect + "exception.class.name", $"{typeof(RejectReason).FullName}.{letter.Reason}");
        Add(Own + "kind", letter.Position.Kind.ToWireName());
        Add(Own + "stage", validating ? "validate" : "write");
        Add(Own + "reason", letter.Reason.ToWireName());
        Add(Own + "failed-at", now.ToString("O", CultureInfo.InvariantCulture));
        return headers;

        void Add(string name, string value) => headers.Add(name, Encoding.UTF8.GetBytes(value));
    }
}
