using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>
/// News about kb_bank: a text in two days for thirty days, then a spike; written in batches as a worker would.
/// </summary>
internal static class SpikeStory
{
    public static readonly DateTimeOffset SpikeAt = SomeText.Noon.AddDays(30);

    /// <summary>The quiet month and so many texts ten minutes apart.</summary>
    public static List<SomeText> Of(int spike) =>
    [
        .. Enumerable.Range(0, 15).Select(i => new SomeText(i) { OccurredAt = SomeText.Noon.AddDays(2 * i), Source = $"p{i}" }),
        .. Enumerable.Range(0, spike).Select(i => new SomeText(15 + i)
        {
            OccurredAt = SpikeAt.AddMinutes(10 * i),
            Source = $"p{i}",
            Title = $"제목 {i}",
        }),
    ];

    /// <summary>A text about nobody that moves the clock on.</summary>
    public static SomeText ClockAt(long offset, DateTimeOffset occurredAt) =>
        new(offset) { OccurredAt = occurredAt, Institutions = [] };

    /// <summary>Writes the texts in batches of a size, calling back after each.</summary>
    public static async Task WriteAsync(
        PostgresDatabase database, IEnumerable<SomeText> texts, int batch = 1000, Func<Task>? afterEach = null)
    {
        await using var writer = new EventWriter(database.Source, new EventWriterOptions());
        foreach (var some in texts.Chunk(batch))
        {
            await writer.WriteAsync(SomeBatch.Of(some.Select(text => (ScoredEvent)text)), default);
            await (afterEach?.Invoke() ?? Task.CompletedTask);
        }
    }

    /// <summary>Everything that is said of alerts, but for numbers and times of this run.</summary>
    public static Task<string[]> AlertsAsync(PostgresDatabase database) => database.RowsAsync(
        """
        SELECT alert_key, state, severity, closed_at, window_hours, seen, expected, p, dispersion, publishers,
               level_per_day, cold_start, windows::text, evidence::text, raised_at, raised_seen, raised_windows::text,
               calm_since
        FROM alerts ORDER BY alert_key
        """);
}
