namespace KbAlbertStream.Worker.Configuration;

/// <summary>
/// The folder with a file a secret, its name the key (<c>Text__HashKey</c>), its content the value: what containers mount,
/// and what systemd makes for <c>LoadCredential</c>.
/// </summary>
internal static class SecretFiles
{
    /// <summary>Names the folder; without it systemd's, else <c>/run/secrets</c>.</summary>
    public const string FolderVariable = "KBAS_SECRETS_DIRECTORY";

    private const string ContainerFolder = "/run/secrets";

    /// <summary>The folder of this process; null when there is none.</summary>
    /// <exception cref="InvalidConfigurationException">A folder is named and is not there.</exception>
    public static string? Folder
    {
        get
        {
            if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named)
            {
                return Directory.Exists(named)
                    ? Path.GetFullPath(named)
                    : throw new InvalidConfigurationException(
                        [new ConfigurationError(FolderVariable, named, "is no folder")]);
            }

            return new[] { Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY"), ContainerFolder }
                .FirstOrDefault(Directory.Exists);
        }
    }

    /// <summary>True when every account of the machine may read the file.</summary>
    public static bool IsOpenToOthers(string file) =>
        !OperatingSystem.IsWindows() && File.Exists(file)
        && File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherRead);
}
