using KbAlbertStream.Core.Scoring;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>COPY of scored texts into a table that has the columns of <c>scored_events</c>.</summary>
internal static class EventCopy
{
    /// <summary>Copies all of them, or throws and leaves the transaction (or savepoint) to be rolled back.</summary>
    public static async Task RunAsync(
        NpgsqlConnection connection,
        string table,
        IEnumerable<ScoredEvent> events,
        EventWriterOptions options,
        CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY {table} ({EventRows.Columns}) FROM STDIN (FORMAT binary)", cancellationToken);
        copy.Timeout = TimeSpan.FromSeconds(options.CommandTimeoutSeconds);
        using var json = new EventJson();
        foreach (var scored in events)
        {
            await EventRows.WriteAsync(copy, scored, json, options.StoreText, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
