using System.CommandLine;
using System.Net.Sockets;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Schema;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Pipeline;
using Npgsql;

namespace KbAlbertStream.Worker.Commands;

/// <summary>
/// <c>migrate</c>: brings the schema up to date, or says why not. It does not wait for the database: whoever runs it
/// wants to know.
/// </summary>
internal static class MigrateCommand
{
    public static Command Build()
    {
        var command = new Command("migrate", "Bring the database schema up to date");
        command.SetAction((parsed, cancellationToken) => ExecuteAsync(parsed, cancellationToken));
        return command;
    }

    private static async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var reader = new OptionsReader(ConfigurationSources.Build(
            parsed.GetValue(CommandLine.Config)?.FullName, parsed.GetValue(CommandLine.Set)!));
        var options = reader.Read(DatabaseOptions.Section, new DatabaseOptionsRules());
        reader.ThrowIfWrong();
        var output = parsed.InvocationConfiguration.Output;
        try
        {
            await using var source = StorageDataSource.Create(options.ConnectionString);
            var applied = await new SchemaMigrator(source).MigrateAsync(cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync(applied.IsEmpty
                ? "The schema was up to date."
                : $"Migrated: {string.Join(", ", applied)}").ConfigureAwait(false);
            return (int)ExitCode.Done;
        }
        catch (Exception fault) when (fault is NpgsqlException or SocketException or TimeoutException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"The schema was not migrated: {Retries.CodeOf(fault)}: {DatabaseReason.Of(fault)}").ConfigureAwait(false);
            return (int)ExitCode.MigrationFailed;
        }
    }
}
