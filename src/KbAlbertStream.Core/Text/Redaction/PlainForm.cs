using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>How a character is written in a shadow text.</summary>
/// <remarks>
/// Dashes come before NFKC, which turns U+3161 (ㅡ) into U+1173 and would hide it.
/// </remarks>
internal static class PlainForm
{
    private const string Dashes =
        "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u207B\u208B\u2212\u2500\u2501\u301C\u30FC\u3161\u1173\uFE58\uFE63"
        + "\uFF0D\uFF5E\uFF70";

    private const string HiddenDigits = "\u25CF\u25CB\u25EF\u25A0\u25A1\u25AA\u25AB\u2022\u26AA\u26AB\u2605\u2606\u2731\u2217";

    private static readonly SearchValues<char> TellingAscii = SearchValues.Create("0123456789@=");
    private static readonly FrozenDictionary<char, string> Table = Build();

    /// <summary>The characters of the basic plane that have another plain form, and all surrogates.</summary>
    public static SearchValues<char> Changing { get; } = SearchValues.Create(
        [.. Table.Keys, .. Enumerable.Range(0xD800, 0x800).Select(i => (char)i)]);

    /// <summary>The characters whose plain form holds a digit or '@', these themselves, and high surrogates of digits.</summary>
    public static SearchValues<char> Telling { get; } = SearchValues.Create(
        [.. Table.Where(pair => pair.Value.AsSpan().ContainsAny(TellingAscii)).Select(pair => pair.Key),
            .. "0123456789@=", .. Enumerable.Range(0xD800, 0x400).Select(i => (char)i)]);

    /// <summary>The plain form; null when it is the character itself.</summary>
    public static string? Of(Rune rune)
    {
        if (rune.IsBmp)
        {
            return Table.GetValueOrDefault((char)rune.Value);
        }

        var digit = Rune.GetNumericValue(rune);
        return Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber
            ? ((int)digit).ToString(CultureInfo.InvariantCulture)
            : rune.Value is >= 0x1D400 and <= 0x1D7FF or >= 0x1F100 and <= 0x1F1FF
                ? rune.ToString().Normalize(NormalizationForm.FormKC)
                : null;
    }

    private static FrozenDictionary<char, string> Build()
    {
        var table = new Dictionary<char, string>();
        for (var i = (int)'\t'; i < 0xFFFE; i++)
        {
            if (!char.IsSurrogate((char)i) && PlainOf((char)i) is { } plain && plain != ((char)i).ToString())
            {
                table[(char)i] = plain;
            }
        }

        return table.ToFrozenDictionary();
    }

    private static string? PlainOf(char c)
    {
        if (Dashes.Contains(c))
        {
            return "-";
        }

        if (HiddenDigits.Contains(c))
        {
            return "*";
        }

        if (char.IsAscii(c))
        {
            return char.IsWhiteSpace(c) ? " " : null;
        }

        if (char.IsWhiteSpace(c))
        {
            return " ";
        }

        var digit = CharUnicodeInfo.GetDigitValue(c);
        if (digit >= 0)
        {
            return digit.ToString(CultureInfo.InvariantCulture);
        }

        // Keycaps are a digit with an enclosing mark; joiners and selectors are invisible.
        if (c is '\u20E3' or >= '\uFE00' and <= '\uFE0F'
            || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format)
        {
            return "";
        }

        if (c is < '\u0250' or >= '\u2000' and < '\u2C00' or >= '\u3000' and < '\u3400' or >= '\uFE50')
        {
            var plain = c.ToString().Normalize(NormalizationForm.FormKC);
            return plain.Any(char.IsAscii) ? plain : null;
        }

        return null;
    }
}
