using System.Diagnostics;
using System.Globalization;
using KbAlbertStream.Demo.Samples;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>Runs <c>peer_worker.py</c> with Debian's Python and its packages.</summary>
internal static class PeerWorker
{
    // Debian's: python3-confluent-kafka and python3-psycopg2 are installed for this one.
    private const string Python = "/usr/bin/python3";

    /// <summary>Works the backlog off. Returns the CPU seconds of its process.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="topics">The backlog.</param>
    /// <param name="database">Where the rows go.</param>
    /// <param name="records">How many there are.</param>
    /// <param name="batch">Records a COPY.</param>
    /// <param name="works">Whether it also masks, links and counts, roughly as the worker does.</param>
    public static async Task<double> RunAsync(
        BenchBroker broker, BenchTopics topics, BenchDatabase database, int records, int batch, bool works)
    {
        using var process = Process.Start(new ProcessStartInfo(
            Python,
            [
                Path.Combine(AppContext.BaseDirectory, "Pipeline", "peer_worker.py"), broker.BootstrapServers, database.Uri,
                topics.News, topics.Complaints, records.ToString(CultureInfo.InvariantCulture),
                batch.ToString(CultureInfo.InvariantCulture), .. works ? [SampleFolder.Shipped.Dictionary] : Array.Empty<string>(),
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
