using System.CommandLine.Parsing;
using System.Globalization;

namespace KbAlbertStream.Worker.Commands;

/// <summary>
/// A time on the command line: <c>2026-03-02</c>, <c>2026-03-02T09:00</c>, <c>2026-03-02T09:00:00Z</c>,
/// <c>2026-03-02T09:00:00+09:00</c>. Without an offset it is Korean time, as in messages.
/// </summary>
internal static class CommandTime
{
    private static readonly TimeSpan Korea = TimeSpan.FromHours(9);

    private static readonly string[] Local =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    private static readonly string[] Absolute =
        ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>False when it is none.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        if (DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            time = new DateTimeOffset(local, Korea);
            return true;
        }

        return DateTimeOffset.TryParseExact(text, Absolute, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    /// <summary>The parser of an option.</summary>
    public static DateTimeOffset? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (TryParse(text, out var time))
        {
            return time;
        }

        result.AddError($"'{text}' is no time: 2026-03-02, 2026-03-02T09:00 (Korean time) or 2026-03-02T09:00:00Z");
        return null;
    }
}
