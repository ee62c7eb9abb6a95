using System.CommandLine;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Erasure;
using KbAlbertStream.Worker.Configuration;
using Npgsql;
using ParseResult = System.CommandLine.ParseResult;

namespace KbAlbertStream.Worker.Commands;

/// <summary>
/// <c>erase</c>: removes text and references of a customer or a text from the database, and says what Kafka still holds.
/// Safe while workers run.
/// </summary>
internal static class EraseCommand
{
    private const int MostAttempts = 5;
    private const int MostPositions = 50;

    private static readonly Option<string?> CustomerRef = new("--customer-ref")
    {
        Description = "All texts of this customer; the reference as the sender wrote it",
        HelpName = "REF",
    };

    private static readonly Option<string?> ExternalId = new("--external-id")
    {
        Description = "The text with this id, in all its versions; the id as the sender wrote it",
        HelpName = "ID",
    };

    private static readonly Option<string?> Kind = new("--kind")
    {
        Description = "Of this kind alone",
        HelpName = "news|complaint",
    };

    public static Command Build()
    {
        Kind.AcceptOnlyFromAmong("news", "complaint");
        var command = new Command("erase", "Remove a customer's texts, or one text, for good (as the owner of the tables)")
        {
            CustomerRef,
            ExternalId,
            Kind,
            Confirmation.Yes,
        };
        command.Validators.Add(result =>
        {
            var named = new[] { result.GetValue(CustomerRef), result.GetValue(ExternalId) };
            if (named.Count(reference => !string.IsNullOrWhiteSpace(reference)) != 1)
            {
                result.AddError("Say either --customer-ref or --external-id.");
            }
        });
        command.SetAction((parsed, token) => ServerFaults.ReportAsync(parsed, () => ExecuteAsync(parsed, token)));
        return command;
    }

    private static async Task<ExitCode> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var configured = new OptionsReader(CommandLine.ConfigurationOf(parsed));
        var options = configured.Read(DatabaseOptions.Section, new DatabaseOptionsRules());
        var masking = configured.Read<MaskingOptions>(MaskingOptions.Section);
        configured.ThrowIfWrong();
        var reference = ReferenceOf(parsed, new TextPreparer(masking.ToTextOptions()));
        await using var source = StorageDataSource.Create(options.ConnectionString);
        var erasure = new EventErasure(source, new ErasedNames(masking.HashKey));
        var output = parsed.InvocationConfiguration.Output;
        var found = await erasure.CountAsync(reference, cancellationToken).ConfigureAwait(false);
        if (!await Confirmation.IsGivenAsync(
            parsed, $"Erase {found} texts for good?", cancellationToken).ConfigureAwait(false))
        {
            return ExitCode.NotConfirmed;
        }

        var result = await EraseAsync(erasure, reference, cancellationToken).ConfigureAwait(false);
        await output.WriteLineAsync(
            $"erasure {result.Id}: {string.Join(", ", result.Touched.Select(pair => $"{pair.Key} {pair.Value}"))}")
            .ConfigureAwait(false);
        foreach (var line in LeftInKafka(result))
        {
            await output.WriteLineAsync(line).ConfigureAwait(false);
        }

        return ExitCode.Done;
    }

    // What rows hold is what the preparer makes of what the sender wrote.
    private static ErasureReference ReferenceOf(ParseResult parsed, TextPreparer preparer)
    {
        var kind = MessageKindNames.TryParse(parsed.GetValue(Kind), out var named) ? named : (MessageKind?)null;
        return parsed.GetValue(CustomerRef) is { Length: > 0 } customer
            ? new ErasureReference(kind, preparer.PrepareIdentifier(customer), null)
            : new ErasureReference(kind, null, preparer.PrepareIdentifier(parsed.GetValue(ExternalId)!));
    }

    private static async Task<ErasureResult> EraseAsync(
        EventErasure erasure, ErasureReference reference, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await erasure.EraseAsync(reference, cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException fault) when (fault.IsTransient && attempt < MostAttempts)
            {
                // A deadlock with a worker, or a lost connection: all was undone, and a second run changes nothing twice.
            }
        }
    }

    private static IEnumerable<string> LeftInKafka(ErasureResult result)
    {
        if (result.Positions.IsEmpty)
        {
            yield break;
        }

        yield return "Kafka still holds the original records, until retention takes them, or you do:";
        foreach (var topic in result.Positions.GroupBy(position => position.Topic)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var positions = topic.OrderBy(position => position.Partition).ThenBy(position => position.Offset).ToList();
            var more = positions.Count > MostPositions ? $" and {positions.Count - MostPositions} more" : "";
            yield return $"  {string.Join(' ', positions.Take(MostPositions))}{more}";
        }

        yield return "  and their dead-letter topics, where a record once failed (dead-letters list).";
        yield return "A compacted topic forgets a key after a tombstone; from any other, kafka-delete-records.sh removes";
        yield return "everything before an offset. Read again, these records change nothing: their keys are taken.";
    }
}
