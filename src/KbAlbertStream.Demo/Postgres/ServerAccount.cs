using System.Diagnostics;

namespace KbAlbertStream.Demo.Postgres;

/// <summary>
/// The user that the server runs as. PostgreSQL refuses root, so root lends it <c>postgres</c> or <c>nobody</c>;
/// anybody else runs it as himself.
/// </summary>
internal sealed class ServerAccount
{
    private readonly string[] _prefix;
    private readonly string? _owner;

    private ServerAccount(string[] prefix, string? owner)
    {
        _prefix = prefix;
        _owner = owner;
    }

    /// <summary>Finds the account; throws <see cref="PostgresUnavailableException"/> when root has none to lend.</summary>
    public static async Task<ServerAccount> FindAsync(CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerAccount([], null);
        }

        foreach (var name in new[] { "postgres", "nobody" })
        {
            var user = await Shell.RunAsync("id", ["-u", name], cancellationToken);
            var group = await Shell.RunAsync("id", ["-g", name], cancellationToken);
            if (user.Succeeded && group.Succeeded)
            {
                var (uid, gid) = (user.Output.Trim(), group.Output.Trim());
                return new ServerAccount(Prefix(name, uid, gid), $"{uid}:{gid}");
            }
        }

        throw new PostgresUnavailableException(
            "PostgreSQL does not run as root, and there is no user postgres or nobody: add one, or start as another user.");
    }

    /// <summary>A program to be run as the account, in a folder that it can read.</summary>
    public ProcessStartInfo Command(string folder, string program, params string[] arguments)
    {
        string[] line = [.. _prefix, program, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..]) { WorkingDirectory = folder };
        start.Environment["LC_ALL"] = "C";
        start.Environment.Remove("PGDATA");
        return start;
    }

    /// <summary>Gives a folder and all in it to the account.</summary>
    public async Task OwnAsync(string folder, CancellationToken cancellationToken)
    {
        if (_owner is not null)
        {
            await Shell.RunAsync("chown", ["-R", _owner, folder], cancellationToken);
        }
    }

    private static string[] Prefix(string name, string uid, string gid) =>
        Shell.Has("setpriv") ? ["setpriv", $"--reuid={uid}", $"--regid={gid}", "--clear-groups"]
        : Shell.Has("runuser") ? ["runuser", "-u", name, "--"]
        : ["su", "-s", "/bin/sh", name, "-c", "exec \"$0\" \"$@\"", "--"];
}
