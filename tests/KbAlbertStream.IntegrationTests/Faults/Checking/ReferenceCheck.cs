using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>Rows, dead letters, rollups and alerts are those of a worker that read the same log and met no fault.</summary>
internal static class ReferenceCheck
{
    private const int MostShown = 10;
    private const double ScoreTolerance = 1e-3;

    private static readonly (string What, string Sql)[] Exact =
    [
        ("row",
            """
            SELECT topic, "partition", "offset", recorded_at, kind, external_id, customer_ref, publisher, channel, occurred_at,
                   title, text, institution_ids, institutions::text, sentiment, reputation_labels, compliance_labels, windows,
                   encode(content_hash || story_hash, 'hex'), model_version, label_set_version, masker_version, dictionary_version
            FROM scored_events
            """),
        ("dead letter", """SELECT topic, "partition", "offset", recorded_at, kind, reason, detail FROM dead_letters"""),
        ("rollup", "SELECT kind, institution_id, category, bucket, texts FROM reputation_rollup WHERE texts > 0"),
        ("mention",
            """
            SELECT kind, institution_id, topic, "partition", "offset", recorded_at, occurred_at, relevance, categories, counted
            FROM negative_mentions
            """),
        ("alert",
            """
            SELECT alert_key, state, severity, opened_at, closed_at, window_hours, seen, expected::numeric(12, 6), publishers,
                   level_per_day::numeric(12, 6), cold_start, raised_at, raised_seen, calm_since,
                   (SELECT string_agg(e ->> 'position', ',' ORDER BY e ->> 'position') FROM jsonb_array_elements(evidence) AS e)
            FROM alerts
            """),
    ];

    public static async Task<List<Finding>> CompareAsync(SqlQuery database, SqlQuery reference)
    {
        var findings = new List<Finding>();
        foreach (var (what, sql) in Exact)
        {
            var (here, there) = (await database.TextsAsync(sql), await reference.TextsAsync(sql));
            findings.AddRange(Differences(what, here.Except(there), "without a fault it is not there")
                .Concat(Differences(what, there.Except(here), "without a fault it is there")));
        }

        var (scores, expected) = (await ScoresAsync(database), await ScoresAsync(reference));
        findings.AddRange(Differences(
            "score",
            scores.Where(pair => expected.TryGetValue(pair.Key, out var score) && Math.Abs(score - pair.Value) > ScoreTolerance)
                .Select(pair => $"{pair.Key} {pair.Value}"),
            "without a fault it is another"));
        return findings;
    }

    private static async Task<Dictionary<string, float>> ScoresAsync(SqlQuery database) =>
        (await database.RowsAsync(
            """SELECT topic || "partition" || '@' || "offset" || recorded_at, negative_reputation FROM scored_events""",
            reader => (Key: reader.GetString(0), Score: reader.GetFloat(1)))).ToDictionary(row => row.Key, row => row.Score);

    private static IEnumerable<Finding> Differences(string what, IEnumerable<string> rows, string why)
    {
        var all = rows.ToList();
        foreach (var row in all.Take(MostShown))
        {
            yield return new Finding(Broken.Reference, $"{what} {row}: {why}");
        }

        if (all.Count > MostShown)
        {
            yield return new Finding(Broken.Reference, $"... {all.Count - MostShown} more: {what}, {why}");
        }
    }
}
