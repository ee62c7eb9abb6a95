using System.Globalization;
using KbAlbertStream.Storage.Reading;

namespace KbAlbertStream.Worker.Commands;

/// <summary>The tables that <c>positions</c> prints.</summary>
internal static class PositionTable
{
    /// <summary>The lines of the tables.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<PositionLine> positions, IReadOnlyList<GapRow> gaps)
    {
        foreach (var line in Aligned(
            [
                ["topic", "partition", "position", "start", "end", "lag", "epoch", "state", "committed", "updated"],
                .. positions.Select(line => new[]
                {
                    line.Topic, Text(line.Partition), Text(line.Position), Text(line.LogStart), Text(line.LogEnd),
                    Text(line.Lag), Text(line.Epoch), line.Reason is null ? line.State : $"{line.State}: {line.Reason}",
                    Text(line.Committed), Text(line.Updated),
                }),
            ]))
        {
            yield return line;
        }

        if (gaps.Count == 0)
        {
            yield break;
        }

        yield return "";
        yield return "Never read:";
        foreach (var line in Aligned(
            [
                ["topic", "partition", "from", "to", "records", "reason", "found"],
                .. gaps.Select(gap => new[]
                {
                    gap.Topic, Text(gap.Partition), Text(gap.FromOffset), Text(gap.ToOffset), Text(gap.Records),
                    gap.Reason, Text(gap.FoundAt),
                }),
            ]))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Aligned(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static string Text(DateTimeOffset? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
}
