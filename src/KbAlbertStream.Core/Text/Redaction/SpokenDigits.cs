using System.Buffers;
using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>Numbers read out in Korean: 공일공에 일이삼사 다시 오육칠팔.</summary>
internal static partial class SpokenDigits
{
    /// <summary>Stands where a character goes without a trace.</summary>
    public const char Removed = '\uFFFF';

    private const string Numerals = "공영일이삼사오육륙칠팔구";
    private const string Values = "001234566789";
    private const string Separator = "(?: ?[-.] ?| |에 ?| ?다시 ?)";

    // Fewer in one word are words (이사, 오일) or a count; read out one by one there are more.
    private const int FewestInARow = 3;
    private const int FewestInAll = 8;

    private static readonly SearchValues<char> NumeralSet = SearchValues.Create(Numerals);

    // How many digits a mobile telephone, a resident and a card number have.
    private static readonly int[] KnownLengths = [11, 13, 16];

    [GeneratedRegex($"[{Numerals}0-9]+(?:{Separator}[{Numerals}0-9]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Sequence { get; }

    [GeneratedRegex("다시|에", RegexOptions.CultureInvariant)]
    private static partial Regex SpokenDash { get; }

    /// <summary>False when <see cref="Replace"/> changes nothing.</summary>
    public static bool MayBeIn(ReadOnlySpan<char> text)
    {
        var (inARow, spaced, previous) = (0, 0, int.MinValue);
        int start;
        for (var i = 0; (start = text[i..].IndexOfAny(NumeralSet)) >= 0;)
        {
            i += start;
            inARow = i == previous + 1 ? inARow + 1 : 1;
            spaced = i == previous + 2 && text[i - 1] == ' ' ? spaced + 1 : 1;
            if (inARow >= FewestInARow || spaced >= FewestInAll)
            {
                return true;
            }

            previous = i++;
        }

        return false;
    }

    /// <summary>The text with such numbers in digits and dashes, of the same length.</summary>
    public static string Replace(string text)
    {
        if (!MayBeIn(text))
        {
            return text;
        }

        var result = text.ToCharArray();
        foreach (var match in Sequence.EnumerateMatches(text))
        {
            var (start, end) = WithoutParticles(text, match.Index, match.Index + match.Length);
            if (end > start && MayBeIn(text.AsSpan(start..end)) && Count(text.AsSpan(start..end)) >= FewestInAll)
            {
                Write(text, start, end, result);
            }
        }

        return new string(result);
    }

    private static void Write(string text, int start, int end, char[] result)
    {
        for (var i = start; i < end; i++)
        {
            var numeral = Numerals.IndexOf(text[i], StringComparison.Ordinal);
            result[i] = numeral < 0 ? text[i] : Values[numeral];
        }

        foreach (var dash in SpokenDash.EnumerateMatches(text.AsSpan(start..end)))
        {
            result.AsSpan(start + dash.Index, dash.Length).Fill(Removed);
            result[start + dash.Index] = '-';
        }
    }

    /// <summary>
    /// 이 and 일 are also particles: "번호이 공일공…", "…오육칠팔이에요". What stands before 공일 or makes the number one
    /// too long is not part of it.
    /// </summary>
    private static (int Start, int End) WithoutParticles(string text, int start, int end)
    {
        var span = text.AsSpan(start..end);
        var mobile = span.IndexOf("공일");
        if (mobile is 1 or 2)
        {
            start += mobile;
            span = span[mobile..];
        }

        var number = span.StartsWith("공일") ? span : span[LastMobile(span)..];
        var count = Count(number);
        var goesOn = end < text.Length && text[end] is >= '가' and <= '힣';
        if (goesOn && (number[^1] is '이' or '일' or '구' or '사')
            && !KnownLengths.Contains(count) && KnownLengths.Contains(count - 1))
        {
            end--;
        }

        return (start, end);
    }

    private static int LastMobile(ReadOnlySpan<char> span)
    {
        var last = span.LastIndexOf("공일");
        return last < 0 ? 0 : last;
    }

    private static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += char.IsAsciiDigit(c) || NumeralSet.Contains(c) ? 1 : 0;
        }

        return count;
    }
}
