using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>COPY to a temporary table, then insert what is new: COPY itself knows no ON CONFLICT.</summary>
internal static class StagedInsert
{
    /// <summary>
    /// Makes the temporary table, once a session; every commit empties it. It lives as long as the session, so the
    /// catalogue does not grow with every batch.
    /// </summary>
    public static async Task PrepareSessionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // LIKE would need the right to read every column, and the service may not read the texts it has stored.
        await using var command = new NpgsqlCommand(
            """
            DO $$ BEGIN
              EXECUTE (
                SELECT 'CREATE TEMP TABLE IF NOT EXISTS staged_events ('
                  || string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum)
                  || ') ON COMMIT DELETE ROWS'
                FROM pg_attribute
                WHERE attrelid = 'scored_events'::regclass AND attnum > 0 AND NOT attisdropped);
            END $$
            """,
            connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Writes the texts that have no row yet, inside the caller's transaction, and returns these.</summary>
    public static async Task<ImmutableArray<ScoredEvent>> RunAsync(
        NpgsqlConnection connection,
        ImmutableArray<ScoredEvent> events,
        EventWriterOptions options,
        CancellationToken cancellationToken)
    {
        await using (var copy = await connection.BeginBinaryImportAsync(
            $"COPY staged_events ({EventRows.Columns}) FROM STDIN (FORMAT binary)", cancellationToken))
        {
            foreach (var scored in events)
            {
                await EventRows.WriteAsync(copy, scored, options.StoreText, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        // Ordered by the key, so that two workers that write the same records wait for one another and never in a ring.
        await using var insert = new NpgsqlCommand(
            $"""
            INSERT INTO scored_events ({EventRows.Columns})
            SELECT {EventRows.Columns} FROM staged_events
            ORDER BY kind, recorded_at, topic, "partition", "offset"
            ON CONFLICT (kind, recorded_at, topic, "partition", "offset") DO NOTHING
            RETURNING kind, recorded_at, topic, "partition", "offset"
            """,
            connection)
        { CommandTimeout = options.CommandTimeoutSeconds };

        var inserted = new HashSet<RecordPosition>(events.Length);
        await using var reader = await insert.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            inserted.Add(Positions.Read(reader, 0));
        }

        // Remove, not Contains: a record that came twice in one batch is one row.
        return [.. events.Where(scored => inserted.Remove(Positions.AsStored(scored.Position)))];
    }
}
