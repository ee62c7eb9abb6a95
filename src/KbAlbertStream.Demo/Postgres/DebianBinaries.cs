using System.Diagnostics;

namespace KbAlbertStream.Demo.Postgres;

/// <summary>Server binaries from Debian's or Ubuntu's package, which takes root.</summary>
internal static class DebianBinaries
{
    private const string ClusterSettings = "/etc/postgresql-common/createcluster.conf";

    /// <summary>Installs the package; null when that cannot be done here.</summary>
    public static async Task<PostgresBinaries?> InstallAsync(
        LocalPostgresOptions options, CancellationToken cancellationToken)
    {
        if (!options.MayUseApt || !Environment.IsPrivilegedProcess || !Shell.Has("apt-get"))
        {
            return null;
        }

        var package = options.Version is { } version ? $"postgresql-{version}" : "postgresql";
        options.Say($"Installing the package {package} ...");
        ForbidMainCluster();
        await AptAsync(["update"], cancellationToken);
        var result = await AptAsync(
            ["install", "-y", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold", package],
            cancellationToken);
        if (!result.Succeeded)
        {
            options.Say($"apt-get could not install {package}: {result.Tail}");
            return null;
        }

        return await InstalledBinaries.FindAsync(options.Version, cancellationToken);
    }

    // The package would start a server of its own on port 5432.
    private static void ForbidMainCluster()
    {
        if (!File.Exists(ClusterSettings))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(ClusterSettings)!);
            File.WriteAllText(ClusterSettings, "create_main_cluster = false\n");
        }
    }

    private static Task<ShellResult> AptAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("apt-get", arguments);
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        return Shell.RunAsync(start, cancellationToken);
    }
}
