using System.Globalization;
using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Messages;

/// <summary>
/// Reads the time of a message: RFC 3339, where 'T' may be a space and a missing offset means Korean time (UTC+9).
/// Digits beyond 100 ns are cut off. No leap seconds.
/// </summary>
internal static partial class EventTime
{
    private const int KoreanOffsetMinutes = 9 * 60;

    /// <summary>The schemas carry the same pattern, with the years that are in range.</summary>
    [GeneratedRegex(
        "^(?<y>[0-9]{4})-(?<m>[0-9]{2})-(?<d>[0-9]{2})[Tt ](?<h>[0-9]{2}):(?<min>[0-9]{2}):(?<s>[0-9]{2})"
        + @"(?:\.(?<f>[0-9]{1,40}))?(?:[Zz]|(?<sign>[+\-])(?<oh>[0-9]{2}):(?<om>[0-9]{2})|(?<kst>))\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form { get; }

    /// <summary>False when <paramref name="text"/> is no such time, or lies outside the years 1 to 9999.</summary>
    public static bool TryParse(string text, out DateTimeOffset utc)
    {
        utc = default;
        var match = Form.Match(text);
        if (!match.Success)
        {
            return false;
        }

        var (year, month, day) = (Number(match, "y"), Number(match, "m"), Number(match, "d"));
        var (hour, minute, second) = (Number(match, "h"), Number(match, "min"), Number(match, "s"));
        var (offsetHour, offsetMinute) = (Number(match, "oh"), Number(match, "om"));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59)
        {
            return false;
        }

        var offset = match.Groups["kst"].Success
            ? KoreanOffsetMinutes
            : ((offsetHour * 60) + offsetMinute) * (match.Groups["sign"].Value == "-" ? -1 : 1);
        var ticks = new DateTime(year, month, day, hour, minute, second).Ticks + Fraction(match)
            - (offset * TimeSpan.TicksPerMinute);
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        utc = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static int Number(Match match, string group)
    {
        var digits = match.Groups[group].ValueSpan;
        return digits.IsEmpty ? 0 : int.Parse(digits, CultureInfo.InvariantCulture);
    }

    private static long Fraction(Match match)
    {
        var digits = match.Groups["f"].Value;
        return digits.Length == 0 ? 0 : long.Parse(digits.PadRight(7, '0').AsSpan(0, 7), CultureInfo.InvariantCulture);
    }
}
