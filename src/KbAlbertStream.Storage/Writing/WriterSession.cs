using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>What a connection needs before batches are written over it.</summary>
internal static class WriterSession
{
    /// <summary>
    /// Makes the temporary table, once a session; every commit empties it. It lives as long as the session, so the
    /// catalogue does not grow with every batch. And keeps plans from reading tables from end to end: all that the writer
    /// reads it finds by a key, but a plan made while a table was new takes it for small, and is kept until statistics
    /// come; meanwhile it would compare every mention with every story of the batch. The temporary table has no key, and a
    /// plan that must read it whole counts as so dear that PostgreSQL would compile it, for a second, each time.
    /// </summary>
    public static async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // LIKE would need the right to read every column, and the service may not read the texts it has stored.
        await using var command = new NpgsqlCommand(
            """
            SET enable_seqscan = off;
            SET jit = off;
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
}
