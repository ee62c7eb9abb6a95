using System.Diagnostics;

namespace KbAlbertStream.Demo.Postgres;

/// <summary>
/// Stops the server and deletes its folder when this process ends without doing so: a shell waits for the end of its
/// input, which the kernel closes even on kill -9.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    // Ctrl+C reaches every process of the terminal; the shell must outlive it to do its work.
    private const string Script =
        """
        trap '' INT TERM HUP
        read -r word
        [ "$word" = stand-down ] && exit 0
        "$1" stop -D "$2/data" -m fast >/dev/null 2>&1
        rm -rf "$2"
        """;

    private readonly Process _process;

    private Watchdog(Process process) => _process = process;

    /// <summary>Starts watching over the server in a folder.</summary>
    public static Watchdog Start(ServerAccount account, PostgresBinaries binaries, string folder) =>
        new(Process.Start(Command(account, binaries, folder))!);

    /// <summary>The shell that watches: it acts when its input ends.</summary>
    public static ProcessStartInfo Command(ServerAccount account, PostgresBinaries binaries, string folder)
    {
        var start = account.Command("/", "/bin/sh", "-c", Script, "watchdog", binaries["pg_ctl"], folder);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return start;
    }

    /// <summary>Tells it that there is nothing left to do.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.WriteLine("stand-down");
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Someone ended it: then it does nothing either.
        }

        _process.Dispose();
    }
}
