using KbAlbertStream.Core.Scoring;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.IntegrationTests.Storage.Writing;

/// <summary>What a row says.</summary>
public sealed class EventRowsTests(PostgresServers servers)
{
    private static readonly EventWriterOptions Options = new();

    [Theory, EveryPostgres]
    public async Task Every_row_carries_the_versions_that_made_it(string version) // Promise 10
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);

        await writer.WriteAsync(
            SomeBatch.Of(new SomeText(1), new SomeText(2) { Versions = new("demo/2", "l", "m", "d") }), default);

        Assert.Equal(
            ["demo/1|labels/2|masker/3|dictionary/4", "demo/2|l|m|d"],
            await database.RowsAsync(
                """
                SELECT model_version, label_set_version, masker_version, dictionary_version
                FROM scored_events ORDER BY "offset"
                """));
    }

    [Theory, EveryPostgres]
    public async Task A_row_says_what_was_read_and_scored(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        ScoredEvent news = new SomeText(7)
        {
            Institutions = [new("shinhan", 50), new("kb_bank", 90)],
            OccurredAt = new DateTimeOffset(2026, 11, 2, 9, 30, 0, TimeSpan.FromHours(9)),
        };

        await writer.WriteAsync(SomeBatch.Of(news), default);

        Assert.Equal(
            ["news|risk.news.v1|0|7|id-7|연합||kb_bank|{kb_bank,shinhan}|2026-11-02 00:30:00|고객 정보 유출|negative|0.9"],
            await database.RowsAsync(
                """
                SELECT kind, topic, "partition", "offset", external_id, publisher, channel, primary_institution,
                       institution_ids::text, (occurred_at AT TIME ZONE 'UTC')::text, title, sentiment, p_negative
                FROM scored_events
                """));
        Assert.Equal(
            ["""
            [{"id": "kb_bank", "relevance": 90}, {"id": "shinhan", "relevance": 50}]|{"phone": 2}|{data_breach}|0.95|{explanation}|[{"text": "고객 정보 유출", "label": "data_breach"}]
            """],
            await database.RowsAsync(
                """
                SELECT institutions::text, masked::text, reputation_labels::text, reputation ->> 'data_breach',
                       compliance_labels::text, evidence::text
                FROM scored_events
                """));
        Assert.Equal(news.Scores.NegativeReputation, await database.ScalarAsync<float>(
            "SELECT negative_reputation FROM scored_events"));
        Assert.Equal(news.Message.StoryHash, await database.ScalarAsync<string>("SELECT story_hash FROM v_events"));
    }

    [Theory, EveryPostgres]
    public async Task No_text_is_stored_when_that_is_switched_off(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, new EventWriterOptions { StoreText = false });

        await writer.WriteAsync(SomeBatch.Of(new SomeText(1) { Title = "비밀제목", Text = "비밀본문" }), default);

        var row = Assert.Single(await database.RowsAsync("SELECT scored_events::text FROM scored_events"));
        Assert.DoesNotContain("비밀", row, StringComparison.Ordinal);
        Assert.Contains("data_breach", row, StringComparison.Ordinal);
    }
}
