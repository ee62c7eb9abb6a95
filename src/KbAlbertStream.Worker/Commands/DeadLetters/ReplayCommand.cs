using System.CommandLine;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Pipeline;

namespace KbAlbertStream.Worker.Commands.DeadLetters;

/// <summary>
/// <c>dead-letters replay</c>: puts originals back on their source topic. A worker stores each under its original
/// position, so replaying twice adds nothing.
/// </summary>
internal static class ReplayCommand
{
    private const int MostNamed = 20;

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Look for the originals and count, but put nothing back",
    };

    public static Command Build()
    {
        var command = new Command("replay", "Put the originals of open ones back on their topic")
        {
            DryRun,
            Confirmation.Yes,
        };
        LetterFilters.AddTo(command);
        command.SetAction((parsed, token) => ServerFaults.ReportAsync(parsed, () => ExecuteAsync(parsed, token)));
        return command;
    }

    private static async Task<ExitCode> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = WorkerSettings.Read(CommandLine.ConfigurationOf(parsed));
        var output = parsed.InvocationConfiguration.Output;
        await using var source = StorageDataSource.Create(settings.Database.ConnectionString);
        var rows = await new DeadLetterReader(source)
            .ReadAsync(LetterFilters.Read(parsed) with { Resolved = false }, cancellationToken).ConfigureAwait(false);
        foreach (var group in rows.GroupBy(row => (row.Position.Topic, row.Reason)).OrderBy(group => group.Key))
        {
            await output.WriteLineAsync($"{group.Key.Topic}  {group.Key.Reason}  {group.Count()}").ConfigureAwait(false);
        }

        var dry = parsed.GetValue(DryRun);
        if (rows.IsEmpty || (!dry && !await Confirmation.IsGivenAsync(
            parsed, $"Put {rows.Length} records back on their topics?", cancellationToken).ConfigureAwait(false)))
        {
            await output.WriteLineAsync($"{rows.Length} open, 0 replayed").ConfigureAwait(false);
            return rows.IsEmpty ? ExitCode.Done : ExitCode.NotConfirmed;
        }

        using var records = new RecordReader(settings.Kafka, settings.KafkaProperties, TimeProvider.System);
        using var replay = new LetterReplay(
            records,
            ProducerFactory.CreateSilent(settings.Kafka, settings.KafkaProperties),
            new ReplaySeal(settings.Masking.HashKey));
        var letters = new LetterFinder(records, new TopicNames(settings.Kafka)).Find(rows, cancellationToken);
        var result = await replay.RunAsync(letters, dry, cancellationToken).ConfigureAwait(false);
        foreach (var row in rows.Where(row => !result.Sent.Contains(row)).Take(MostNamed))
        {
            var why = result.Failed.TryGetValue(row, out var code) ? code : "Kafka has it no more";
            await output.WriteLineAsync($"{row.Position}  {why}").ConfigureAwait(false);
        }

        await output.WriteLineAsync(
            $"{rows.Length} open, {result.Sent.Count} {(dry ? "would be " : "")}replayed "
            + $"({result.FromSource} from the source topic), "
            + $"{rows.Length - result.Sent.Count - result.Failed.Count} not found, {result.Failed.Count} failed")
            .ConfigureAwait(false);
        return result.Sent.Count == rows.Length ? ExitCode.Done : ExitCode.Incomplete;
    }
}
