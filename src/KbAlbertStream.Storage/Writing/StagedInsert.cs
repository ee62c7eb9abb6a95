using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>COPY to a temporary table, then insert what is new: COPY itself knows no ON CONFLICT.</summary>
internal static class StagedInsert
{
    // Ordered by the key, so that two workers that write the same records wait for one another and never in a ring.
    private const string InsertNew =
        $"""
        INSERT INTO scored_events ({EventRows.Columns})
        SELECT {EventRows.Columns} FROM staged_events
        ORDER BY kind, recorded_at, topic, "partition", "offset"
        ON CONFLICT (kind, recorded_at, topic, "partition", "offset") DO NOTHING
        RETURNING kind, recorded_at, topic, "partition", "offset"
        """;

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

    /// <summary>
    /// Writes texts and withdrawals that have no row yet, inside the caller's transaction, and adds the texts that are
    /// new to the versions.
    /// </summary>
    /// <param name="connection">The connection of the transaction.</param>
    /// <param name="batch">What to write.</param>
    /// <param name="newest">The newest version of each of its texts.</param>
    /// <param name="options">How to write.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<StagedBatch> RunAsync(
        NpgsqlConnection connection,
        EventBatch batch,
        ImmutableArray<TextVersion> newest,
        EventWriterOptions options,
        CancellationToken cancellationToken)
    {
        if (newest.IsEmpty)
        {
            return StagedBatch.Empty;
        }

        if (!batch.Events.IsEmpty)
        {
            await CopyAsync(connection, batch.Events, options, cancellationToken);
        }

        var withdrawals = batch.Withdrawals.IsEmpty ? null : VersionStatements.AddWithdrawals(batch.Withdrawals);
        await using var statements = new NpgsqlBatch(connection) { Timeout = options.CommandTimeoutSeconds };
        statements.BatchCommands.Add(new NpgsqlBatchCommand(InsertNew));
        if (withdrawals is not null)
        {
            statements.BatchCommands.Add(withdrawals);
        }

        statements.BatchCommands.Add(VersionStatements.Add(newest));
        var inserted = new HashSet<RecordPosition>(batch.Events.Length);
        var met = ImmutableArray.CreateBuilder<TextVersion>();
        await using (var reader = await statements.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                inserted.Add(Positions.Read(reader, 0));
            }

            // The withdrawals return nothing, so the next result is that of the versions.
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                met.Add(newest[reader.GetInt32(0) - 1]);
            }
        }

        // Remove, not Contains: a record that came twice in one batch is one row.
        return new StagedBatch(
            [.. batch.Events.Where(scored => inserted.Remove(Positions.AsStored(scored.Position)))],
            (int)(withdrawals?.Rows ?? 0),
            met.ToImmutable());
    }

    private static async Task CopyAsync(
        NpgsqlConnection connection,
        ImmutableArray<ScoredEvent> events,
        EventWriterOptions options,
        CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY staged_events ({EventRows.Columns}) FROM STDIN (FORMAT binary)", cancellationToken);
        foreach (var scored in events)
        {
            await EventRows.WriteAsync(copy, scored, options.StoreText, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
