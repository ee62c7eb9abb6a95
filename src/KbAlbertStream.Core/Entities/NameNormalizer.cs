using System.Text;

namespace KbAlbertStream.Core.Entities;

/// <summary>Brings names and texts to the form in which they are compared: NFKC, lower case.</summary>
internal static class NameNormalizer
{
    public static string Normalize(string text)
    {
        var compatible = text.IsNormalized(NormalizationForm.FormKC) ? text : text.Normalize(NormalizationForm.FormKC);
        return compatible.ToLowerInvariant();
    }

    /// <summary>How many letters and digits a normalised name has: syllables, for Hangul.</summary>
    public static int Syllables(string normalized)
    {
        var count = 0;
        foreach (var rune in normalized.EnumerateRunes())
        {
            count += Rune.IsLetterOrDigit(rune) ? 1 : 0;
        }

        return count;
    }
}
