using System.Globalization;
using System.Text.RegularExpressions;

namespace KbAlbertStream.Demo.Postgres;

/// <summary>A folder with <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c> that run on this machine.</summary>
/// <param name="Directory">The folder.</param>
/// <param name="Version">The major version.</param>
internal sealed partial record PostgresBinaries(string Directory, int Version)
{
    /// <summary>The oldest major version that the schema works on.</summary>
    public const int OldestVersion = 15;

    private static readonly string[] Programs = ["postgres", "initdb", "pg_ctl"];

    /// <summary>The path of one of the programs.</summary>
    public string this[string program] => Path.Combine(Directory, program);

    /// <summary>The binaries in a folder; null when one is missing, they do not start or are too old.</summary>
    public static async Task<PostgresBinaries?> TryAtAsync(string directory, CancellationToken cancellationToken)
    {
        if (!Programs.All(program => File.Exists(Path.Combine(directory, program))))
        {
            return null;
        }

        var result = await Shell.RunAsync(Path.Combine(directory, "postgres"), ["--version"], cancellationToken);
        var match = VersionLine().Match(result.Output);
        if (!result.Succeeded || !match.Success)
        {
            return null;
        }

        var version = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return version >= OldestVersion ? new PostgresBinaries(directory, version) : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) ([0-9]+)")]
    private static partial Regex VersionLine();
}
