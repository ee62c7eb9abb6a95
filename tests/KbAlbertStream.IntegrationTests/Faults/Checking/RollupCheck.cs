using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>
/// Counts again, in SQL and from <c>scored_events</c> alone, what counts against whom, copies left out, and compares
/// with the mentions and the rollups.
/// </summary>
internal static class RollupCheck
{
    // From one counted text of a story to the next that is not its copy: 72 hours for news, 7 days for complaints of
    // one customer.
    private const string Counted =
        """
        WITH RECURSIVE said AS (
          SELECT kind, i ->> 'id' AS institution_id, occurred_at, reputation_labels, story_hash,
                 CASE WHEN kind = 'news' THEN '' ELSE coalesce(customer_ref, topic || "partition" || '/' || "offset") END AS who,
                 recorded_at, topic, "partition", "offset"
          FROM scored_events CROSS JOIN LATERAL jsonb_array_elements(institutions) AS i
          WHERE negative_reputation >= 0.5
            AND (i ->> 'relevance')::int >= CASE WHEN kind = 'news' THEN 40 ELSE 30 END
        ), placed AS (
          SELECT *, row_number() OVER (
            PARTITION BY kind, institution_id, story_hash, who
            ORDER BY occurred_at, recorded_at, topic COLLATE "C", "partition", "offset") AS place
          FROM said
        ), walked AS (
          SELECT placed.*, true AS counted, occurred_at AS last FROM placed WHERE place = 1
          UNION ALL
          SELECT next.*, next.occurred_at - w.last > b.span,
                 CASE WHEN next.occurred_at - w.last > b.span THEN next.occurred_at ELSE w.last END
          FROM walked AS w
          JOIN placed AS next USING (kind, institution_id, story_hash, who)
          CROSS JOIN LATERAL (SELECT CASE w.kind WHEN 'news' THEN interval '72 hours' ELSE interval '7 days' END AS span) AS b
          WHERE next.place = w.place + 1
        )
        """;

    /// <summary>Every rollup and every mention that is not what the rows say.</summary>
    public static async Task<List<Finding>> CompareAsync(SqlQuery database)
    {
        var rollups = await database.TextsAsync(
            Counted.Replace("next.*", Columns("next"), StringComparison.Ordinal)
                .Replace("placed.*", Columns("placed"), StringComparison.Ordinal) +
            """
            , recount AS (
              SELECT kind, institution_id, category,
                     to_timestamp(floor(extract(epoch FROM occurred_at) / 300) * 300) AS bucket, count(*) AS texts
              FROM walked CROSS JOIN LATERAL unnest(reputation_labels || '{all}') AS category
              WHERE counted
              GROUP BY 1, 2, 3, 4
            )
            SELECT kind, institution_id, category, bucket, 'stored', s.texts, 'recounted', r.texts
            FROM (SELECT * FROM reputation_rollup WHERE texts > 0) AS s
            FULL JOIN recount AS r USING (kind, institution_id, category, bucket)
            WHERE s.texts IS DISTINCT FROM r.texts
            """);
        var mentions = await database.TextsAsync(
            """
            SELECT kind, institution_id, m.bucket, 'mentions', m.texts, 'rollup', s.texts
            FROM (SELECT kind, institution_id, to_timestamp(floor(extract(epoch FROM occurred_at) / 300) * 300) AS bucket,
                         count(*) AS texts
                  FROM negative_mentions WHERE counted GROUP BY 1, 2, 3) AS m
            FULL JOIN (SELECT * FROM reputation_rollup WHERE category = 'all' AND texts > 0) AS s
              USING (kind, institution_id, bucket)
            WHERE m.texts IS DISTINCT FROM s.texts
            """);
        return [.. rollups.Concat(mentions).Select(row => new Finding(Broken.Rollups, row))];
    }

    private static string Columns(string of) => string.Join(", ", new[]
    {
        "kind", "institution_id", "story_hash", "who", "occurred_at", "reputation_labels", "place",
    }.Select(column => $"{of}.{column}"));
}
