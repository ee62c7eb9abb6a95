using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Confluent.Kafka;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Worker.Configuration;

namespace KbAlbertStream.Worker.Commands.DeadLetters;

/// <summary>
/// <c>dead-letters show</c>: one letter, with size and digest of the original. The original itself, which may hold
/// personal data, only with <c>--raw</c>.
/// </summary>
internal static class ShowCommand
{
    private static readonly Argument<LetterPosition?> Position = new("position")
    {
        Description = "Where the original stood: TOPIC[P]@OFFSET",
        CustomParser = LetterPosition.Parse,
    };

    private static readonly Option<bool> Raw = new("--raw")
    {
        Description = "Write the original value, and nothing else, to standard output. It may hold personal data",
    };

    public static Command Build()
    {
        var command = new Command("show", "Show one") { Position, Raw };
        command.SetAction((parsed, token) => ServerFaults.ReportAsync(parsed, () => ExecuteAsync(parsed, token)));
        return command;
    }

    private static async Task<ExitCode> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = WorkerSettings.Read(CommandLine.ConfigurationOf(parsed));
        var position = parsed.GetValue(Position)!;
        await using var source = StorageDataSource.Create(settings.Database.ConnectionString);
        var rows = await new DeadLetterReader(source).ReadAsync(
            new DeadLetterFilter { Topic = position.Topic, Partition = position.Partition, Offset = position.Offset },
            cancellationToken).ConfigureAwait(false);
        var error = parsed.InvocationConfiguration.Error;
        if (rows.IsEmpty)
        {
            await error.WriteLineAsync($"There is no dead letter of {position}.").ConfigureAwait(false);
            return ExitCode.Incomplete;
        }

        using var records = new RecordReader(settings.Kafka, settings.KafkaProperties, TimeProvider.System);
        var finder = new LetterFinder(records, new TopicNames(settings.Kafka));
        var letter = finder.Find([rows[0]], cancellationToken).FirstOrDefault();
        if (!parsed.GetValue(Raw))
        {
            await parsed.InvocationConfiguration.Output.WriteAsync(Describe(rows[0], letter)).ConfigureAwait(false);
            return letter is null ? ExitCode.Incomplete : ExitCode.Done;
        }

        if (letter is null)
        {
            await error.WriteLineAsync($"Kafka has the original of {position} no more.").ConfigureAwait(false);
            return ExitCode.Incomplete;
        }

        await using var output = Console.OpenStandardOutput();
        await output.WriteAsync(letter.Value ?? [], cancellationToken).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static string Describe(DeadLetterRow row, StoredLetter? letter)
    {
        var text = new StringBuilder();
        Line("position", row.Position.ToString());
        Line("recorded at", row.Position.RecordedAt.ToString("O"));
        Line("reason", row.Detail is null ? row.Reason : $"{row.Reason} ({row.Detail})");
        Line("dead since", row.WrittenAt.ToString("O"));
        Line("state", row.ResolvedAt is { } at ? $"resolved {at:O}" : "open");
        if (letter is null)
        {
            Line("original", "Kafka has it no more");
            return text.ToString();
        }

        Line("original", $"{letter.Found.Topic}[{letter.Found.Partition.Value}]@{letter.Found.Offset.Value}");
        Line("key", DigestOf(letter.Key));
        Line("value", DigestOf(letter.Value));
        foreach (var header in letter.Found.Message.Headers)
        {
            Line("header", $"{header.Key}: {ValueOf(header)}");
        }

        return text.ToString();

        void Line(string name, string value) =>
            text.Append(FormattableString.Invariant($"{name,-12} {value}")).Append('\n');
    }

    private static string DigestOf(byte[]? bytes) => bytes is null
        ? "none"
        : FormattableString.Invariant($"{bytes.Length} bytes, sha256 {Convert.ToHexStringLower(SHA256.HashData(bytes))}");

    // The senders' own headers may hold anything; those of the worker hold codes and positions.
    private static string ValueOf(IHeader header) =>
        header.GetValueBytes() is { } value
        && (header.Key.StartsWith("x-kbas-", StringComparison.Ordinal)
            || header.Key.StartsWith("__connect.errors.", StringComparison.Ordinal))
            ? Encoding.UTF8.GetString(value)
            : DigestOf(header.GetValueBytes());
}
