using Microsoft.Extensions.Configuration;

namespace KbAlbertStream.Worker.Configuration;

/// <summary>
/// Where configuration comes from, the later wins: <c>appsettings.json</c> beside the program, a file named on the command
/// line, environment variables (<c>Kafka__BootstrapServers</c>), <c>--set KEY=VALUE</c>.
/// </summary>
public static class ConfigurationSources
{
    /// <summary>Builds the configuration.</summary>
    /// <param name="file">A JSON file of the user's; null for none.</param>
    /// <param name="settings"><c>KEY=VALUE</c> pairs from the command line.</param>
    /// <exception cref="InvalidConfigurationException">The file cannot be read, or a pair is none.</exception>
    public static IConfigurationRoot Build(string? file, IReadOnlyCollection<string> settings)
    {
        var wrong = settings.Where(pair => pair.IndexOf('=', StringComparison.Ordinal) < 1).ToList();
        if (wrong.Count > 0)
        {
            throw new InvalidConfigurationException(
                [.. wrong.Select(pair => new ConfigurationError("--set", pair, "is not KEY=VALUE"))]);
        }

        var builder = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true);
        if (file is not null)
        {
            builder.AddJsonFile(Path.GetFullPath(file), optional: false);
        }

        builder.AddEnvironmentVariables()
            .AddInMemoryCollection(settings.Select(pair => pair.Split('=', 2))
                .Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])));
        try
        {
            return builder.Build();
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or FormatException)
        {
            throw new InvalidConfigurationException(
                [new ConfigurationError("--config", file, $"cannot be read ({fault.GetType().Name})")]);
        }
    }
}
