using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>One way to write a type of personal data.</summary>
/// <param name="Pattern">Its shape; of bounded length.</param>
/// <param name="Digits">How many digits, open or hidden, a number has at least: shorter ones are not tried.</param>
/// <param name="Words">When given, one of these words must stand somewhere in the text.</param>
internal sealed record Form(Regex Pattern, int Digits, WordSet? Words = null)
{
    public bool CanBeIn(ShadowText text) =>
        text.LongestNumber >= Digits && (Words is null || Words.IsIn(text.Text));
}
