namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>What tests ask the database again and again.</summary>
internal static class Rows
{
    public static Task<long> CountAsync(PostgresDatabase database) =>
        database.ScalarAsync<long>("SELECT count(*) FROM scored_events");

    public static Task<long> DeadLettersAsync(PostgresDatabase database) =>
        database.ScalarAsync<long>("SELECT count(*) FROM dead_letters");

    /// <summary>The external ids of all rows, in order.</summary>
    public static Task<string[]> IdsAsync(PostgresDatabase database) =>
        database.RowsAsync("SELECT external_id FROM scored_events ORDER BY external_id");

    /// <summary>All that was made of a stream, without the times of writing.</summary>
    public static Task<string[]> ContentAsync(PostgresDatabase database) =>
        database.RowsAsync(
            """
            SELECT 'event', (to_jsonb(t) - 'written_at')::text FROM scored_events AS t
            UNION ALL SELECT 'letter', (to_jsonb(t) - 'written_at')::text FROM dead_letters AS t
            UNION ALL SELECT 'rollup', to_jsonb(t)::text FROM reputation_rollup AS t
            ORDER BY 1, 2
            """);

    /// <summary>The gaps, each as partition, range, count and reason.</summary>
    public static Task<string[]> GapsAsync(PostgresDatabase database) =>
        database.RowsAsync("""SELECT "partition", from_offset, to_offset, records, reason FROM gaps ORDER BY gap_id""");

    /// <summary>Every version of every row that a replay could change.</summary>
    public static Task<string[]> VersionsAsync(PostgresDatabase database) =>
        database.RowsAsync(
            """
            SELECT 'event', external_id, xmin::text FROM scored_events
            UNION ALL SELECT 'rollup', institution_id || category || kind, xmin::text || texts FROM reputation_rollup
            UNION ALL SELECT 'letter', topic || "offset", xmin::text FROM dead_letters
            ORDER BY 1, 2, 3
            """);

    /// <summary>Every row that a batch may write, in full.</summary>
    public static async Task<string[]> EverythingAsync(PostgresDatabase database) =>
    [
        .. await database.RowsAsync("SELECT t::text FROM scored_events AS t ORDER BY 1"),
        .. await database.RowsAsync("SELECT t::text FROM dead_letters AS t ORDER BY 1"),
        .. await database.RowsAsync("SELECT t::text FROM negative_mentions AS t ORDER BY 1"),
        .. await database.RowsAsync("SELECT t::text FROM reputation_rollup AS t ORDER BY 1"),
        .. await database.RowsAsync("SELECT t::text FROM pending_looks AS t ORDER BY 1"),
        .. await database.RowsAsync("SELECT topic, \"partition\", next_offset, end_offset FROM partition_progress ORDER BY 1, 2"),
    ];
}
