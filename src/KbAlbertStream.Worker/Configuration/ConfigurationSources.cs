using Microsoft.Extensions.Configuration;

namespace KbAlbertStream.Worker.Configuration;

/// <summary>
/// Where configuration comes from, the later wins: <c>appsettings.json</c> beside the program, a file named on the command
/// line, user secrets (in development), a folder with a file a secret, environment variables
/// (<c>Kafka__BootstrapServers</c>), <c>--set KEY=VALUE</c>. A secret in the first or the last is an error.
/// </summary>
public static class ConfigurationSources
{
    /// <summary>The id under which <c>dotnet user-secrets</c> keeps the secrets of a developer.</summary>
    public const string UserSecretsId = "kbalbertstream";

    private static bool IsDevelopment =>
        (Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
            ?? Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")) == "Development";

    /// <summary>Builds the configuration.</summary>
    /// <param name="file">A JSON file of the user's; null for none.</param>
    /// <param name="settings"><c>KEY=VALUE</c> pairs from the command line.</param>
    /// <param name="given">What the program itself brings, secrets included; all of the user's wins over it.</param>
    /// <exception cref="InvalidConfigurationException">
    /// The file cannot be read, a pair is none, or a secret stands where others can read it.
    /// </exception>
    public static IConfigurationRoot Build(
        string? file,
        IReadOnlyCollection<string> settings,
        IEnumerable<KeyValuePair<string, string?>>? given = null)
    {
        var wrong = settings.Where(pair => pair.IndexOf('=', StringComparison.Ordinal) < 1).ToList();
        if (wrong.Count > 0)
        {
            // Without a key nobody knows whether it is a secret.
            throw new InvalidConfigurationException(
                [.. wrong.Select(_ => new ConfigurationError("--set", ConfigurationError.HiddenValue, "is not KEY=VALUE"))]);
        }

        try
        {
            return Build(file is null ? null : Path.GetFullPath(file), Pairs(settings), given ?? []);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or FormatException)
        {
            throw new InvalidConfigurationException(
                [new ConfigurationError("--config", file, $"cannot be read ({fault.GetType().Name})")]);
        }
    }

    private static IConfigurationRoot Build(
        string? file, IConfigurationRoot commandLine, IEnumerable<KeyValuePair<string, string?>> given)
    {
        var shipped = Json(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true);
        SecretPlaces.Check(shipped, "appsettings.json");
        SecretPlaces.Check(commandLine, "--set");
        var builder = new ConfigurationBuilder().AddConfiguration(shipped).AddInMemoryCollection(given);
        if (file is not null)
        {
            var users = Json(file, optional: false);
            if (SecretFiles.IsOpenToOthers(file))
            {
                SecretPlaces.Check(users, "a file that every account may read");
            }

            builder.AddConfiguration(users);
        }

        if (IsDevelopment)
        {
            builder.AddUserSecrets(UserSecretsId);
        }

        if (SecretFiles.Folder is { } folder)
        {
            builder.AddKeyPerFile(folder, optional: true);
        }

        return builder.AddEnvironmentVariables().AddConfiguration(commandLine).Build();
    }

    private static IConfigurationRoot Json(string path, bool optional) =>
        new ConfigurationBuilder().AddJsonFile(path, optional).Build();

    private static IConfigurationRoot Pairs(IEnumerable<string> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => pair.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]))).Build();
}
