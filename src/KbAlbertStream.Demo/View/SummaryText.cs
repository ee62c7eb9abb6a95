using System.Globalization;
using KbAlbertStream.Demo.Reporting;
using Spectre.Console;

namespace KbAlbertStream.Demo.View;

/// <summary>The words at the end of a replay.</summary>
internal static class SummaryText
{
    // A pipe has no width of its own and would get eighty columns.
    private const int PipeWidth = 160;

    /// <summary>Writes them: the rows as a table, all else as lines that are never wrapped, so that they can be copied.</summary>
    public static void Write(
        IAnsiConsole console, TextWriter output, DemoSummary summary, IReadOnlyList<ScoredRow> examples, string psql)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = PipeWidth;
        }

        console.Write(Examples(examples));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Published} messages published, {summary.Rows} rows, {summary.DeadLetters} dead letters, {Withdrawals(summary)}{summary.Lost} lost; {summary.MaskedValues} values masked; {summary.Seconds:F1} s"));
        foreach (var alert in summary.Alerts)
        {
            output.WriteLine($"ALERT {AlertText.Of(alert)}");
        }

        if (summary.Alerts.Count == 0)
        {
            output.WriteLine("No alert.");
        }

        output.WriteLine("To look for yourself, while the database runs:");
        output.WriteLine($"  {psql} -c 'SELECT * FROM v_open_alerts'");
    }

    // The sample stream withdraws nothing.
    private static string Withdrawals(DemoSummary summary) => summary.Withdrawals == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{summary.Withdrawals} withdrawals, ");

    private static Table Examples(IReadOnlyList<ScoredRow> examples)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("Some scored rows");
        table.AddColumns("KST", "source", "institution", "text", "sentiment", "labels", "neg. reputation");
        foreach (var row in examples)
        {
            table.AddRow(
                KoreanTime.Text(row.OccurredAt), Markup.Escape(row.Source), Markup.Escape(row.Entity ?? "-"),
                Markup.Escape(Short(row.Text)), row.Sentiment, Markup.Escape(row.Labels),
                row.NegativeReputation.ToString("0.00", CultureInfo.InvariantCulture));
        }

        return table;
    }

    /// <summary>Enough to recognise a text by; by rune, so that no character is cut in half.</summary>
    private static string Short(string text)
    {
        const int most = 40;
        var runes = text.EnumerateRunes().Take(most + 1).ToList();
        return runes.Count <= most ? text : string.Concat(runes.Take(most)) + "…";
    }
}
