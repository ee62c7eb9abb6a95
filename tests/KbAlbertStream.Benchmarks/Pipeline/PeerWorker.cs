using System.Diagnostics;
using System.Globalization;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>Runs <c>peer_worker.py</c> with Debian's Python and its packages.</summary>
internal static class PeerWorker
{
    // Debian's: python3-confluent-kafka and python3-psycopg2 are installed for this one.
    private const string Python = "/usr/bin/python3";

    /// <summary>Works the backlog off. Returns the CPU seconds of its process.</summary>
    public static async Task<double> RunAsync(
        BenchBroker broker, BenchTopics topics, BenchDatabase database, int records, int batch)
    {
        using var process = Process.Start(new ProcessStartInfo(
            Python,
            [
                Path.Combine(AppContext.BaseDirectory, "Pipeline", "peer_worker.py"), broker.BootstrapServers, database.Uri,
                topics.News, topics.Complaints, records.ToString(CultureInfo.InvariantCulture),
                batch.ToString(CultureInfo.InvariantCulture),
            ])
        { RedirectStandardOutput = true })!;
        var seconds = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? double.Parse(seconds, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException(
                $"peer_worker.py ended with {process.ExitCode}; it needs python3-confluent-kafka and python3-psycopg2.");
    }
}
