namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>All tables that follow from the texts and their versions, but for what tells of the writing itself.</summary>
internal static class VersionTables
{
    public static async Task<string[]> ReadAsync(PostgresDatabase database) =>
    [
        .. await Recount.StoredAsync(database),
        .. await database.RowsAsync(
            """
            SELECT kind, institution_id, topic, "partition", "offset", occurred_at, counted, current
            FROM negative_mentions ORDER BY kind, institution_id, topic, "partition", "offset"
            """),
        .. await database.RowsAsync(
            """
            SELECT kind, external_id, recorded_at, topic, "partition", "offset", withdrawn
            FROM text_versions ORDER BY kind, external_id
            """),
        .. await database.RowsAsync(
            """SELECT kind, topic, "partition", "offset", external_id FROM withdrawals ORDER BY 1, 2, 3, 4"""),
        .. await database.RowsAsync("SELECT position, external_id, state FROM v_event_versions ORDER BY position"),
        .. await database.RowsAsync("SELECT position FROM v_events ORDER BY position"),
        .. await database.RowsAsync(
            "SELECT day, institution_id, kind, texts, counted_texts FROM v_entity_daily ORDER BY 1, 2, 3"),
    ];

    public static Task EmptyAsync(PostgresDatabase database) => database.ExecuteAsync(
        """
        TRUNCATE scored_events, withdrawals, text_versions, negative_mentions, reputation_rollup, pending_looks,
                 pending_retractions
        """);
}
