using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Retention;
using KbAlbertStream.Worker.Configuration;
using Npgsql;
using ParseResult = System.CommandLine.ParseResult;

namespace KbAlbertStream.Worker.Commands;

/// <summary>
/// <c>retention</c>: drops months of texts that are too old, with everything that hangs on them. Safe while workers run;
/// what an interrupted call left is finished by the next.
/// </summary>
internal static class RetentionCommand
{
    private const int MostAttempts = 5;
    private const int MostMonths = 1200;

    private static readonly Option<string> Kind = new("--kind")
    {
        Description = "Of which kind",
        HelpName = "news|complaint",
        Required = true,
    };

    private static readonly Option<int> Keep = new("--keep")
    {
        Description = "How long every record is kept, in months: 24mo",
        HelpName = "MONTHS",
        Required = true,
        CustomParser = ParseMonths,
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Count what would go, and drop nothing",
    };

    public static Command Build()
    {
        Kind.AcceptOnlyFromAmong("news", "complaint");
        var command = new Command("retention", "Drop months of texts that are too old (as the owner of the tables)")
        {
            Kind,
            Keep,
            DryRun,
            Confirmation.Yes,
        };
        command.SetAction((parsed, token) => ServerFaults.ReportAsync(parsed, () => ExecuteAsync(parsed, token)));
        return command;
    }

    private static async Task<ExitCode> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var configured = new OptionsReader(CommandLine.ConfigurationOf(parsed));
        var options = configured.Read(DatabaseOptions.Section, new DatabaseOptionsRules());
        configured.ThrowIfWrong();
        _ = MessageKindNames.TryParse(parsed.GetValue(Kind), out var kind);
        var cutoff = RetentionRule.Cutoff(TimeProvider.System.GetUtcNow(), parsed.GetValue(Keep));
        await using var source = StorageDataSource.Create(options.ConnectionString);
        var (reader, retention) = (new EventMonthReader(source), new EventRetention(source));
        var output = parsed.InvocationConfiguration.Output;
        var months = await reader.ReadAsync(kind, cutoff, cancellationToken).ConfigureAwait(false);
        foreach (var month in months)
        {
            var counts = await retention.CountAsync(month, cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync(
                $"{month.Month:yyyy-MM}  {month.State.ToString().ToLowerInvariant()}  {Shown(counts)}").ConfigureAwait(false);
        }

        if (months.IsEmpty || parsed.GetValue(DryRun))
        {
            await output.WriteLineAsync($"{months.Length} months end before {cutoff:yyyy-MM-dd}, 0 dropped")
                .ConfigureAwait(false);
            return ExitCode.Done;
        }

        if (!await Confirmation.IsGivenAsync(
            parsed, $"Drop {months.Length} months of {parsed.GetValue(Kind)} for good?", cancellationToken)
            .ConfigureAwait(false))
        {
            return ExitCode.NotConfirmed;
        }

        var dropped = await DropAllAsync(reader, retention, kind, cutoff, output, cancellationToken)
            .ConfigureAwait(false);
        await output.WriteLineAsync($"{dropped} months dropped").ConfigureAwait(false);
        return ExitCode.Done;
    }

    /// <summary>
    /// One after the other, each looked up anew: a fault that passes - a deadlock with a worker - leaves a month in some
    /// state, and the next attempt goes on from there.
    /// </summary>
    private static async Task<int> DropAllAsync(
        EventMonthReader reader,
        EventRetention retention,
        MessageKind kind,
        DateTimeOffset cutoff,
        TextWriter output,
        CancellationToken cancellationToken)
    {
        var (dropped, failed) = (0, 0);
        while (await reader.ReadAsync(kind, cutoff, cancellationToken).ConfigureAwait(false) is [var month, ..])
        {
            try
            {
                var touched = await retention.DropAsync(month, cancellationToken).ConfigureAwait(false);
                await output.WriteLineAsync($"{month.Month:yyyy-MM}  dropped  {Shown(touched)}").ConfigureAwait(false);
                dropped++;
            }
            catch (NpgsqlException fault) when (fault.IsTransient && ++failed < MostAttempts)
            {
                await output.WriteLineAsync($"{month.Month:yyyy-MM}  again, after {fault.SqlState}")
                    .ConfigureAwait(false);
            }
        }

        return dropped;
    }

    private static string Shown<T>(Dictionary<string, T> counts) =>
        string.Join(", ", counts.Select(pair => $"{pair.Key} {pair.Value}"));

    private static int ParseMonths(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (text.EndsWith("mo", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(0, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var months)
            && months is >= 1 and <= MostMonths)
        {
            return months;
        }

        result.AddError($"'{text}' is no number of months from 1mo to {MostMonths}mo");
        return 0;
    }
}
