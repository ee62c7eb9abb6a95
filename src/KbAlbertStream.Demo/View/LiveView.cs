using System.Globalization;
using KbAlbertStream.Demo.Reporting;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace KbAlbertStream.Demo.View;

/// <summary>A picture in the terminal that changes as the replay gets on.</summary>
internal sealed class LiveView(IAnsiConsole console) : IProgressView
{
    public void Say(string line) => console.MarkupLineInterpolated($"[grey]{line}[/]");

    public Task<T> WhileAsync<T>(Func<Action<ReplayProgress>, Task<T>> work) =>
        console.Live(new Text("starting")).AutoClear(true).StartAsync(live => work(progress =>
        {
            live.UpdateTarget(Picture(progress));
            live.Refresh();
        }));

    private static Rows Picture(ReplayProgress progress)
    {
        var parts = new List<IRenderable> { Counts(progress), Institutions(progress.Levels) };
        parts.AddRange(progress.Alerts.Select(alert => new Markup($"[bold red]ALERT[/] {Markup.Escape(AlertText.Of(alert))}")));
        return new Rows(parts);
    }

    private static Table Counts(ReplayProgress progress)
    {
        var snapshot = progress.Snapshot;
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumns("event time (KST)", "records", "rows", "dead letters", "masked values", "rows/s");
        return table.AddRow(
            snapshot.Clock is { } at ? KoreanTime.Text(at) : "-", Number(progress.Published), Number(snapshot.Rows),
            Number(snapshot.DeadLetters), Number(snapshot.MaskedValues), progress.RowsPerSecond.ToString("F0", CultureInfo.InvariantCulture));
    }

    private static Table Institutions(IReadOnlyList<LevelFigure> levels)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumns("institution", "kind", "seen in 24 h", "expected");
        foreach (var level in levels)
        {
            var style = level.HasOpenAlert ? "bold red" : "default";
            table.AddRow(
                new Markup($"[{style}]{Markup.Escape(level.Entity)}[/]"), new Text(level.Kind),
                new Markup($"[{style}]{level.Seen}[/]"),
                new Text(level.Expected.ToString("0.00", CultureInfo.InvariantCulture)));
        }

        return table;
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
