using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Schema;

namespace KbAlbertStream.IntegrationTests.Storage;

public sealed class VersionMigrationTests(PostgresServers servers)
{
    // As the writer stored it before there were versions: every record counted, unless it was a copy.
    private const string Old =
        """
        SELECT ensure_event_month('news', '2026-11-02Z');
        INSERT INTO scored_events (
          kind, recorded_at, topic, "partition", "offset", external_id, publisher, institution_ids, institutions,
          occurred_at, masked, sentiment, p_negative, p_neutral, p_positive, reputation_labels, reputation,
          compliance_labels, compliance, negative_reputation, evidence, windows, content_hash, story_hash,
          model_version, label_set_version, masker_version, dictionary_version)
        SELECT 'news', '2026-11-02Z', 'risk.news.v1', 0, off, id, 'p', '{kb_bank}', '[{"id":"kb_bank","relevance":90}]',
               '2026-11-02Z'::timestamptz + at, '{}', 'negative', negative, 0, 0, '{data_breach}', '{}', '{}', '{}', negative,
               '[]', 1, '\x00', decode(story, 'hex'), 'm', 'l', 'k', 'd'
        FROM (VALUES (1, 'a', '01', interval '0 h', 0.9), (2, 'b', '01', '1 h', 0.9), (3, 'a', '02', '2 h', 0.1),
                     (4, 'c', '03', '3 h', 0.9), (5, 'c', '03', '3 h', 0.9), (6, 'd', '04', '0 h', 0.9))
               AS t (off, id, story, at, negative);
        INSERT INTO negative_mentions (
          kind, institution_id, recorded_at, topic, "partition", "offset", occurred_at, relevance, source, story_hash,
          categories, counted)
        SELECT kind, 'kb_bank', recorded_at, topic, "partition", "offset", occurred_at, 90, publisher, story_hash,
               reputation_labels, "offset" IN (1, 4, 6)
        FROM scored_events WHERE negative_reputation >= 0.5;
        INSERT INTO reputation_rollup
        SELECT kind, institution_id, category, to_timestamp(floor(extract(epoch FROM occurred_at) / 300) * 300), count(*)
        FROM negative_mentions, unnest(ARRAY['all', 'data_breach']) AS category WHERE counted GROUP BY 1, 2, 3, 4;
        INSERT INTO alerts (
          alert_key, rule, kind, institution_id, state, severity, opened_at, window_hours, seen, expected, p, dispersion,
          publishers, level_per_day, cold_start, windows, evidence, raised_at, raised_seen, raised_windows, detector)
        VALUES ('spike:1', 'spike', 'news', 'kb_bank', 'open', 'warning', '2026-11-02Z', 1, 3, 0.1, 0.001, 1, 2, 0.5, false, '[]',
          '[{"topic":"risk.news.v1","partition":0,"offset":1,"recorded_at":"2026-11-02T00:00:00+00:00","title":null}]',
          '2026-11-02Z', 3, '[]', 'snb');
        INSERT INTO alert_deliveries (alert_id, sink) SELECT alert_id, 'log' FROM alerts;
        """;

    [Theory, EveryPostgres]
    public async Task Texts_that_had_come_twice_are_counted_by_their_newest_version(string version)
    {
        await using var database = await servers.NewEmptyDatabaseAsync(version);
        await MigrateBeforeAsync(database, "0004");
        await database.ExecuteAsync(Old);

        await new SchemaMigrator(database.Source).MigrateAsync(default);

        Assert.Equal(
            ["1|False|False", "2|True|True", "4|False|False", "5|True|True", "6|True|True"],
            await database.RowsAsync("""SELECT "offset", current, counted FROM negative_mentions ORDER BY 1"""));
        await Recount.AssertEqualsRollupsAsync(database);
        Assert.Equal(["a|3", "b|2", "c|5", "d|6"], await database.RowsAsync(
            """SELECT external_id, "offset" FROM text_versions ORDER BY 1"""));
        Assert.Equal(["a"], await database.RowsAsync("SELECT external_id FROM alert_texts"));
        Assert.Equal(["0|log"], await database.RowsAsync("SELECT correction, sink FROM alert_deliveries"));
    }

    // The migrator itself only knows how to go all the way.
    private static async Task MigrateBeforeAsync(PostgresDatabase database, string first)
    {
        const string Folder = "KbAlbertStream.Storage.Schema.";
        await database.ExecuteAsync(
            "CREATE TABLE schema_migrations (migration_id varchar(150) PRIMARY KEY, product_version varchar(32) NOT NULL)");
        var assembly = typeof(SchemaMigrator).Assembly;
        foreach (var file in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal))
        {
            var name = file[Folder.Length..^".sql".Length];
            if (string.CompareOrdinal(name, first) < 0)
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(file)!);
                await database.ExecuteAsync(await reader.ReadToEndAsync());
                await database.ExecuteAsync($"INSERT INTO schema_migrations VALUES ('{name}', '10')");
            }
        }
    }
}
