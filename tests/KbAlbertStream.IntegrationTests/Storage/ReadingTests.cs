using KbAlbertStream.Core.Messages;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Storage.Writing;
using Microsoft.EntityFrameworkCore;

namespace KbAlbertStream.IntegrationTests.Storage;

public sealed class ReadingTests(PostgresServers servers)
{
    private static readonly EventWriterOptions Options = new();

    [Theory, EveryPostgres]
    public async Task Windows_end_with_the_moment_looked_at_and_leave_out_their_start(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        var end = SomeText.Noon;
        TimeSpan[] before = [TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromHours(5), TimeSpan.FromTicks(-10)];
        await writer.WriteAsync(
            SomeBatch.Of(before.Select((age, i) => new SomeText(i) { OccurredAt = end - age }.Build())), default);
        await using var connection = await database.Source.OpenConnectionAsync();
        var reader = new CountReader(connection);
        TimeSpan[] windows = [TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24)];

        Assert.Equal([1, 3, 3], await reader.CountWindowsAsync(MessageKind.News, "kb_bank", end, windows, default));
        Assert.Equal([0, 0, 0], await reader.CountWindowsAsync(MessageKind.News, "other", end, windows, default));
        Assert.Equal([0, 0, 0], await reader.CountWindowsAsync(MessageKind.Complaint, "kb_bank", end, windows, default));
    }

    [Theory, EveryPostgres]
    public async Task Sources_are_counted_with_the_copies(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        await writer.WriteAsync(
            SomeBatch.Of(
                new SomeText(1) { Story = "wire", Source = "연합" },
                new SomeText(2) { Story = "wire", Source = "뉴시스" },
                new SomeText(3) { Source = "연합" }),
            default);
        await using var connection = await database.Source.OpenConnectionAsync();

        var sources = await new CountReader(connection).CountSourcesAsync(
            MessageKind.News, "kb_bank", SomeText.Noon, TimeSpan.FromHours(1), default);

        Assert.Equal(2, sources);
    }

    [Theory, EveryPostgres]
    public async Task Steps_without_a_text_are_zero(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        var midnight = new DateTimeOffset(2026, 11, 1, 15, 0, 0, TimeSpan.Zero);
        int[] days = [0, 0, 2];
        await writer.WriteAsync(
            SomeBatch.Of(days.Select((day, i) => new SomeText(i) { OccurredAt = midnight.AddDays(day) }.Build())), default);
        await using var connection = await database.Source.OpenConnectionAsync();

        var counts = await new CountReader(connection).CountStepsAsync(
            MessageKind.News, "kb_bank", midnight, TimeSpan.FromDays(1), 4, default);

        Assert.Equal([2, 0, 1, 0], counts);
    }

    [Theory, EveryPostgres]
    public async Task The_views_show_texts_and_korean_days(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        await writer.WriteAsync(
            SomeBatch.Of(
                new SomeText(1) { OccurredAt = new(2026, 11, 1, 15, 0, 0, TimeSpan.Zero), Story = "wire" },
                new SomeText(2) { OccurredAt = new(2026, 11, 2, 14, 59, 59, TimeSpan.Zero), Story = "wire" },
                new SomeText(3) { OccurredAt = new(2026, 11, 2, 15, 0, 0, TimeSpan.Zero), Negative = 0.2f }),
            default);
        await using var context = EventsDbContext.For(database.Source);

        var days = await context.EntityDays.OrderBy(day => day.Day).ToListAsync();
        var text = await context.Events.SingleAsync(e => e.Position == "risk.news.v1[0]@3");

        Assert.Equal(
            [(new DateOnly(2026, 11, 2), 2L, 1L), (new DateOnly(2026, 11, 3), 1L, 0L)],
            days.Select(day => (day.Day, day.Texts, day.CountedTexts)));
        Assert.Equal(("연합", "kb_bank", 0.2f), (text.Source, text.PrimaryInstitution, text.PNegative));
        Assert.Equal(["kb_bank"], text.InstitutionIds);
        Assert.Equal("""{"phone": 2}""", text.Masked);
    }
}
