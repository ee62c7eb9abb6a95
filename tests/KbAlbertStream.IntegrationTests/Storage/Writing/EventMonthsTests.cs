using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Storage.Writing;

public sealed class EventMonthsTests(PostgresServers servers)
{
    private static readonly EventWriterOptions Options = new();

    [Theory, EveryPostgres]
    public async Task Months_are_made_when_they_are_missing_even_after_one_was_dropped(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        ScoredEvent[] texts =
        [
            new SomeText(1) { RecordedAt = RecordPosition.UnknownTime },
            new SomeText(2) { RecordedAt = new DateTimeOffset(2026, 11, 30, 23, 59, 59, 999, TimeSpan.Zero) },
            new SomeText(3) { RecordedAt = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero) },
            new SomeText(4) { RecordedAt = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero) },
            new SomeText(5) { Kind = MessageKind.Complaint },
        ];
        await writer.WriteAsync(SomeBatch.Of(texts), default);
        Assert.Equal(
            [
                "scored_events_complaint_2026_11|1", "scored_events_news_2000_01|1", "scored_events_news_2026_11|1",
                "scored_events_news_2026_12|1", "scored_events_news_2100_01|1",
            ],
            await database.RowsAsync(
                """
                SELECT tableoid::regclass::text, count(*) FROM scored_events
                GROUP BY tableoid ORDER BY tableoid::regclass::text COLLATE "C"
                """));

        await database.ExecuteAsync("DROP TABLE scored_events_news_2026_12");
        ScoredEvent late = new SomeText(6) { RecordedAt = texts[2].Position.RecordedAt };
        var e = await Assert.ThrowsAsync<PostgresException>(() => writer.WriteAsync(SomeBatch.Of(late), default));

        Assert.Equal(DatabaseFault.Transient, DatabaseFaults.Classify(e));
        Assert.Equal(1, (await writer.WriteAsync(SomeBatch.Of(late), default)).Inserted);
    }
}
