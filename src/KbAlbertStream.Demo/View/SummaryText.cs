using System.Globalization;
using KbAlbertStream.Demo.Reporting;
using Spectre.Console;

namespace KbAlbertStream.Demo.View;

/// <summary>The words at the end of a replay.</summary>
internal static class SummaryText
{
    public static void Write(IAnsiConsole console, DemoSummary summary, IReadOnlyList<ScoredRow> examples, string psql)
    {
        var rows = new Table().Border(TableBorder.Rounded).Title("Some scored rows");
        rows.AddColumns("KST", "source", "institution", "text", "sentiment", "labels", "neg. reputation");
        foreach (var row in examples)
        {
            rows.AddRow(
                KoreanTime.Text(row.OccurredAt), Markup.Escape(row.Source), Markup.Escape(row.Entity ?? "-"), Markup.Escape(Short(row.Text)),
                row.Sentiment, Markup.Escape(row.Labels), row.NegativeReputation.ToString("0.00", CultureInfo.InvariantCulture));
        }

        console.Write(rows);
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"{summary.Published} messages published, {summary.Rows} rows, {summary.DeadLetters} dead letters, {summary.Lost} lost; {summary.MaskedValues} values masked; {summary.Seconds:F1} s");
        foreach (var alert in summary.Alerts)
        {
            console.MarkupLineInterpolated($"[bold red]ALERT[/] {AlertText.Of(alert)}");
        }

        if (summary.Alerts.Count == 0)
        {
            console.WriteLine("No alert.");
        }

        console.WriteLine("To look for yourself, while the database runs:");
        console.WriteLine($"  {psql} -c 'SELECT * FROM v_open_alerts'");
    }

    /// <summary>Enough to recognise a text by; by rune, so that no character is cut in half.</summary>
    private static string Short(string text)
    {
        const int most = 40;
        var runes = text.EnumerateRunes().Take(most + 1).ToList();
        return runes.Count <= most ? text : string.Concat(runes.Take(most)) + "…";
    }
}
