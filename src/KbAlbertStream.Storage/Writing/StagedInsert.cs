using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>COPY to a temporary table, then insert what is new: COPY itself knows no ON CONFLICT.</summary>
internal static class StagedInsert
{
    // What a row of the statement below tells of, in its first column; all else is a version that met another.
    private const int IsInserted = 0;
    private const int IsWithdrawn = 1;

    // One statement, because versions follow from what is really new: a record that is read again after its text was
    // erased must not bring the identifier back. Everything ordered by its key, so that two workers that write the same
    // records wait for one another and never in a ring. Of the versions only those that met another come back.
    private const string InsertNew =
        $"""
        WITH inserted AS (
          INSERT INTO scored_events ({EventRows.Columns})
          SELECT {EventRows.Columns} FROM staged_events
          ORDER BY kind, recorded_at, topic, "partition", "offset"
          ON CONFLICT (kind, recorded_at, topic, "partition", "offset") DO NOTHING
          RETURNING kind, recorded_at, topic, "partition", "offset"
        ), withdrawn AS (
          INSERT INTO withdrawals (kind, recorded_at, topic, "partition", "offset", external_id)
          SELECT *
          FROM unnest($8::text[], $9::timestamptz[], $10::text[], $11::int[], $12::bigint[], $13::text[])
                 AS w (kind, recorded_at, topic, part, off, external_id)
          ORDER BY kind, recorded_at, topic, part, off
          ON CONFLICT (kind, recorded_at, topic, "partition", "offset") DO NOTHING
          RETURNING kind, recorded_at, topic, "partition", "offset"
        ), fresh AS (
          SELECT 0 AS what, * FROM inserted UNION ALL SELECT 1, * FROM withdrawn
        ), given AS (
          SELECT g.*
          FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[], $5::bigint[], $6::text[], $7::boolean[])
                 WITH ORDINALITY AS g (kind, recorded_at, topic, part, off, external_id, withdrawn, place)
          JOIN fresh AS f ON f.kind = g.kind AND f.recorded_at = g.recorded_at AND f.topic = g.topic
                         AND f."partition" = g.part AND f."offset" = g.off
        ), added AS (
          INSERT INTO text_versions (kind, external_id, recorded_at, topic, "partition", "offset", withdrawn)
          SELECT kind, external_id, recorded_at, topic, part, off, withdrawn FROM given
          ORDER BY kind, external_id
          ON CONFLICT (kind, external_id) DO NOTHING
          RETURNING kind, external_id
        )
        SELECT what, 0 AS place, kind, recorded_at, topic, "partition", "offset" FROM fresh
        UNION ALL
        SELECT -1, place::int, kind, recorded_at, topic, part, off FROM given
        WHERE NOT EXISTS (SELECT FROM added AS a WHERE a.kind = given.kind AND a.external_id = given.external_id)
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

        await using var statements = new NpgsqlBatch(connection) { Timeout = options.CommandTimeoutSeconds };
        statements.BatchCommands.Add(Statements.Create(
            InsertNew, [.. VersionStatements.Columns(newest), .. VersionStatements.Columns(batch.Withdrawals)]));
        var inserted = new HashSet<RecordPosition>(batch.Events.Length);
        var withdrawn = ImmutableArray.CreateBuilder<RecordPosition>();
        var met = ImmutableArray.CreateBuilder<TextVersion>();
        await using (var reader = await statements.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                switch (reader.GetInt32(0))
                {
                    case IsInserted:
                        inserted.Add(Positions.Read(reader, 2));
                        break;
                    case IsWithdrawn:
                        withdrawn.Add(Positions.Read(reader, 2));
                        break;
                    default:
                        met.Add(newest[reader.GetInt32(1) - 1]);
                        break;
                }
            }
        }

        // Remove, not Contains: a record that came twice in one batch is one row.
        return new StagedBatch(
            [.. batch.Events.Where(scored => inserted.Remove(Positions.AsStored(scored.Position)))],
            withdrawn.ToImmutable(),
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
