using System.CommandLine;
using KbAlbertStream.Worker.Configuration;

namespace KbAlbertStream.Worker.Commands;

/// <summary><c>run</c>: the service, until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Build()
    {
        var command = new Command("run", "Run the service (the default)");
        command.SetAction((parsed, cancellationToken) => ExecuteAsync(parsed, cancellationToken));
        return command;
    }

    public static async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var configuration = ConfigurationSources.Build(
            parsed.GetValue(CommandLine.Config)?.FullName, parsed.GetValue(CommandLine.Set)!);
        var settings = WorkerSettings.Read(configuration);
        var dictionary = DictionaryFiles.Load(settings.Institutions.Dictionary);
        var model = ModelFiles.Load(settings.Model, settings.Encoder);
        await using var app = WorkerHost.Build(configuration, settings, model, dictionary);
        return (int)await WorkerHost.RunAsync(app, cancellationToken).ConfigureAwait(false);
    }
}
