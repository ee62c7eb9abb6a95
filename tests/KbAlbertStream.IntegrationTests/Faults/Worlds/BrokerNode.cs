using System.Diagnostics;

namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>One node of a cluster: a process that can be killed and started again on the same data.</summary>
internal sealed class BrokerNode(string home, string folder, string properties, int number, TcpProxy door) : IAsyncDisposable
{
    private Process? _process;

    /// <summary>Its node id.</summary>
    public int Number => number;

    /// <summary>The proxy that every client goes through.</summary>
    public TcpProxy Door => door;

    /// <summary>Makes the data directory.</summary>
    public async Task FormatAsync(string cluster, CancellationToken cancellationToken)
    {
        using var format = Launch("kafka-storage.sh", "format", "-t", cluster, "-c", properties);
        await format.WaitForExitAsync(cancellationToken);
        Assert.True(format.ExitCode == 0, $"kafka-storage.sh ended with {format.ExitCode}; is Java 17 there?");
    }

    /// <summary>Starts the process and does not wait for it to answer.</summary>
    public void Start() => _process = Launch("kafka-server-start.sh", properties);

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await door.DisposeAsync();
    }

    private Process Launch(string script, params string[] arguments)
    {
        // The shell sends the output to a file: a pipe that nobody reads would stop the broker.
        var start = new ProcessStartInfo("bash")
        {
            ArgumentList = { "-c", """exec "$@" >>"$LOG_DIR/output.log" 2>&1 </dev/null""", "bash" },
            Environment = { ["LOG_DIR"] = folder, ["KAFKA_HEAP_OPTS"] = "-Xmx512m -Xms128m" },
        };
        start.ArgumentList.Add(Path.Combine(home, "bin", script));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
