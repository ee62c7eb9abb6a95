using System.Buffers;
using System.Text;

namespace KbAlbertStream.Core.Text.Normalisation;

/// <summary>
/// Well-formed UTF-16 in NFC, without mark-up, control and invisible characters, one space for any run of white
/// space, none at the ends. Normalising twice gives the same as once. Time is linear in the length.
/// </summary>
internal static class TextNormaliser
{
    // The jamo of 한: composed only where ICU is there.
    private const string DecomposedHan = "\u1112\u1161\u11AB";
    private const string ComposedHan = "\uD55C";

    /// <summary>Globalization-invariant mode leaves jamo as they are and says nothing, so this asks.</summary>
    public static void ThrowIfHangulDoesNotCompose()
    {
        if (DecomposedHan.Normalize(NormalizationForm.FormC) != ComposedHan)
        {
            throw new InvalidOperationException(
                "Hangul does not compose: install ICU (libicu) and switch globalization-invariant mode off.");
        }
    }

    public static string Normalise(string raw)
    {
        var composed = Compose(WellFormed(raw));
        return MarkupStripper.NeedsWork(composed) ? Compose(MarkupStripper.Strip(composed)) : composed;
    }

    // What ASCII, Hangul syllables and these marks make is composed already, and most texts are of nothing else: ICU is
    // asked about the others only.
    private static readonly SearchValues<char> Composed = SearchValues.Create(string.Concat(
        Enumerable.Range(0, 0x80).Concat(Enumerable.Range(0xAC00, 0xD7A4 - 0xAC00)).Select(c => (char)c)) + "·…‘’“”");

    private static string Compose(string text) =>
        !text.AsSpan().ContainsAnyExcept(Composed) || text.IsNormalized(NormalizationForm.FormC) ? text : text.Normalize(NormalizationForm.FormC);

    /// <summary>Half a surrogate pair becomes U+FFFD; U+FFFE and U+FFFF, at which Normalize throws, go.</summary>
    private static string WellFormed(string text)
    {
        var first = IndexOfIllFormed(text);
        if (first < 0)
        {
            return text;
        }

        var builder = new StringBuilder(text, 0, first, text.Length);
        var rest = text.AsSpan(first);
        while (rest.Length > 0)
        {
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var used);
            if (status != OperationStatus.Done || rune.Value is not (0xFFFE or 0xFFFF))
            {
                builder.Append(rune.ToString());
            }

            rest = rest[used..];
        }

        return builder.ToString();
    }

    private static int IndexOfIllFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < '\uD800')
            {
                continue;
            }

            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(c) || c >= '\uFFFE')
            {
                return i;
            }
        }

        return -1;
    }
}
