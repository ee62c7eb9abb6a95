using System.CommandLine;
using KbAlbertStream.Worker.Commands.DeadLetters;
using KbAlbertStream.Worker.Configuration;
using Microsoft.Extensions.Configuration;

namespace KbAlbertStream.Worker.Commands;

/// <summary>The verbs of the program and what they share. Without a verb it runs the service.</summary>
internal static class CommandLine
{
    /// <summary>A configuration file of the user's.</summary>
    public static readonly Option<FileInfo?> Config = new("--config")
    {
        Description = "A JSON file with configuration, on top of appsettings.json",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>Single settings.</summary>
    public static readonly Option<string[]> Set = new("--set")
    {
        Description = "One setting, wins over files and environment variables; may be repeated",
        HelpName = "KEY=VALUE",
        Recursive = true,
        DefaultValueFactory = _ => [],
    };

    /// <summary>The configuration that the command line asks for.</summary>
    public static IConfiguration ConfigurationOf(ParseResult parsed) =>
        ConfigurationSources.Build(parsed.GetValue(Config)?.FullName, parsed.GetValue(Set)!);

    /// <summary>The whole command line.</summary>
    public static RootCommand Build()
    {
        var root = new RootCommand(
            "Reads news and complaints from Kafka, masks and scores them, and writes them to PostgreSQL.")
        {
            Config,
            Set,
            RunCommand.Build(),
            MigrateCommand.Build(),
            CheckCommand.Build(),
            InspectCommand.Build(),
            DeadLettersCommand.Build(),
            PositionsCommand.Build(),
            ResetPositionCommand.Build(),
            RetentionCommand.Build(),
            EraseCommand.Build(),
        };
        root.SetAction((parsed, cancellationToken) => RunCommand.ExecuteAsync(parsed, cancellationToken));
        return root;
    }
}
