namespace KbAlbertStream.Demo.Postgres;

/// <summary>Server binaries that the machine has: where Debian, Red Hat and Homebrew put them, and on the PATH.</summary>
internal static class InstalledBinaries
{
    private static readonly (string Parent, string Pattern)[] Places =
    [
        ("/usr/lib/postgresql", "*"),
        ("/usr", "pgsql-*"),
        ("/opt/homebrew/opt", "postgresql*"),
        ("/usr/local/opt", "postgresql*"),
    ];

    /// <summary>The newest ones, or those of a version; null when there are none.</summary>
    public static async Task<PostgresBinaries?> FindAsync(int? version, CancellationToken cancellationToken)
    {
        var directories = Places
            .Where(place => Directory.Exists(place.Parent))
            .SelectMany(place => Directory.EnumerateDirectories(place.Parent, place.Pattern))
            .Select(directory => Path.Combine(directory, "bin"))
            .Append(Path.GetDirectoryName(Shell.Find("initdb")) ?? "");

        PostgresBinaries? best = null;
        foreach (var directory in directories)
        {
            if (await PostgresBinaries.TryAtAsync(directory, cancellationToken) is { } found
                && (version is null || found.Version == version)
                && found.Version > (best?.Version ?? 0))
            {
                best = found;
            }
        }

        return best;
    }
}
