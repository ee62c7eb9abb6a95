using System.CommandLine;
using System.Text.Json;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Worker.Configuration;

namespace KbAlbertStream.Worker.Commands.DeadLetters;

/// <summary><c>dead-letters list</c>: which there are and why, from the database. No content of a message.</summary>
internal static class ListCommand
{
    private const int MostLines = 100;

    private static readonly Option<string> State = new("--state")
    {
        Description = "open: no row yet; resolved: became rows after all",
        HelpName = "open|resolved|all",
        DefaultValueFactory = _ => "open",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a line" };

    public static Command Build()
    {
        State.AcceptOnlyFromAmong("open", "resolved", "all");
        var command = new Command("list", $"List them, the latest first (at most {MostLines} unless --limit says more)")
        {
            State,
            Json,
        };
        LetterFilters.AddTo(command);
        command.SetAction((parsed, token) => ServerFaults.ReportAsync(parsed, () => ExecuteAsync(parsed, token)));
        return command;
    }

    private static async Task<ExitCode> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var reader = new OptionsReader(CommandLine.ConfigurationOf(parsed));
        var options = reader.Read(DatabaseOptions.Section, new DatabaseOptionsRules());
        reader.ThrowIfWrong();
        var filter = LetterFilters.Read(parsed);
        filter = filter with
        {
            Limit = filter.Limit ?? MostLines,
            Resolved = parsed.GetValue(State) switch { "open" => false, "resolved" => true, _ => null },
        };
        await using var source = StorageDataSource.Create(options.ConnectionString);
        var output = parsed.InvocationConfiguration.Output;
        foreach (var row in await new DeadLetterReader(source).ReadAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            await output.WriteLineAsync(parsed.GetValue(Json) ? JsonOf(row) : TextOf(row)).ConfigureAwait(false);
        }

        return ExitCode.Done;
    }

    private static string TextOf(DeadLetterRow row)
    {
        var detail = row.Detail is null ? "" : $" ({row.Detail})";
        return FormattableString.Invariant(
            $"{row.WrittenAt:yyyy-MM-ddTHH:mm:ssZ}  {row.Position}  {row.Reason}{detail}  {StateOf(row)}");
    }

    private static string JsonOf(DeadLetterRow row) => JsonSerializer.Serialize(new
    {
        position = row.Position.ToString(),
        kind = row.Position.Kind == Core.Messages.MessageKind.News ? "news" : "complaint",
        recorded_at = row.Position.RecordedAt,
        reason = row.Reason,
        detail = row.Detail,
        written_at = row.WrittenAt,
        state = StateOf(row),
        resolved_at = row.ResolvedAt,
    });

    private static string StateOf(DeadLetterRow row) => row.ResolvedAt is null ? "open" : "resolved";
}
