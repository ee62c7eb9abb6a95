using System.CommandLine;
using KbAlbertStream.Worker.Configuration;

namespace KbAlbertStream.Worker.Commands;

/// <summary>
/// <c>check</c>: looks at everything that the service needs and says a clear verdict on each. It changes nothing and does
/// not wait.
/// </summary>
internal static class CheckCommand
{
    public static Command Build()
    {
        var command = new Command("check", "Check configuration, topics, database, schema and bundle");
        command.SetAction((parsed, cancellationToken) => ExecuteAsync(parsed, cancellationToken));
        return command;
    }

    private static async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var output = parsed.InvocationConfiguration.Output;
        WorkerSettings settings;
        try
        {
            settings = WorkerSettings.Read(ConfigurationSources.Build(
                parsed.GetValue(CommandLine.Config)?.FullName, parsed.GetValue(CommandLine.Set)!));
        }
        catch (InvalidConfigurationException wrong)
        {
            // The rest cannot be looked for without it.
            foreach (var error in wrong.Errors)
            {
                await output.WriteLineAsync(new Verdict("configuration", false, error.ToString()).ToString())
                    .ConfigureAwait(false);
            }

            return (int)ExitCode.WrongConfiguration;
        }

        var verdicts = new List<Verdict> { new("configuration", true, "every value is valid") };
        verdicts.AddRange(Checks.Topics(settings));
        if (verdicts.TrueForAll(verdict => verdict.Subject != "kafka" || verdict.Passed))
        {
            verdicts.Add(await Checks.AccessAsync(settings).ConfigureAwait(false));
        }

        verdicts.AddRange(await Checks.DatabaseAsync(settings.Database, cancellationToken).ConfigureAwait(false));
        verdicts.Add(Checks.Dictionary(settings));
        verdicts.Add(Checks.Bundle(settings));
        foreach (var verdict in verdicts)
        {
            await output.WriteLineAsync(verdict.ToString()).ConfigureAwait(false);
        }

        return (int)(verdicts.TrueForAll(verdict => verdict.Passed) ? ExitCode.Done : ExitCode.CheckFailed);
    }
}
