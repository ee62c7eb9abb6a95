using System.Diagnostics;
using System.Globalization;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>psql's COPY of the same rows from a text file into the same partitioned, indexed table.</summary>
internal sealed class BareCopy : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    /// <summary>Writes the rows of a database that a worker filled to the file; not timed.</summary>
    public Task SaveAsync(BenchDatabase database) =>
        PsqlAsync(database, $@"\copy (SELECT {Columns()} FROM scored_events ORDER BY written_at) TO '{_file}'");

    /// <summary>Copies them into an empty database. Returns seconds.</summary>
    public async Task<double> LoadAsync(BenchDatabase database)
    {
        foreach (var kind in (string[])["news", "complaint"])
        {
            await database.ExecuteAsync($"SELECT ensure_event_month('{kind}', now())");
        }

        var started = Stopwatch.GetTimestamp();
        await PsqlAsync(database, $@"\copy scored_events ({Columns()}) FROM '{_file}'");
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <inheritdoc />
    public void Dispose() => File.Delete(_file);

    // psql takes a meta-command as one line.
    private static string Columns() => KbAlbertStream.Storage.Writing.EventRows.Columns.ReplaceLineEndings(" ");

    private static async Task PsqlAsync(BenchDatabase database, string command)
    {
        using var process = Process.Start(new ProcessStartInfo("psql", [database.Uri, "-q", "-X", "-v", "ON_ERROR_STOP=1", "-c", command]))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"psql ended with {process.ExitCode}."));
        }
    }
}
