namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>How many digits the longest number of a text has, however it is grouped.</summary>
internal static class NumberLength
{
    // No form has more than three signs between two digits.
    private const int LongestGap = 4;

    /// <summary>Signs that hide a digit count as digits; up to four other signs may stand between two.</summary>
    public static int Longest(ReadOnlySpan<char> text)
    {
        var (longest, length, gap) = (0, 0, 0);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) || c is '*' or '#' or 'x' or 'X')
            {
                longest = Math.Max(longest, ++length);
                gap = 0;
            }
            else if (!IsBetweenDigits(c) || ++gap > LongestGap)
            {
                length = 0;
            }
        }

        return longest;
    }

    private static bool IsBetweenDigits(char c) => c is ' ' or '-' or '.' or ',' or '/' or '·' or '_' or '(' or ')' or '~' or '+';
}
