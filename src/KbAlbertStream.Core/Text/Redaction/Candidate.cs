using System.Buffers;

namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>A span of the shadow text that has the shape of personal data, with the words around it.</summary>
internal readonly record struct Candidate(ShadowText Text, int Start, int End)
{
    /// <summary>How far a word that names the type may be.</summary>
    public const int ContextLength = 30;

    public ReadOnlySpan<char> Span => Text.Text.AsSpan(Start, End - Start);

    /// <summary>Its digits without what separates them.</summary>
    public string Digits => string.Concat(Span.ToArray().Where(char.IsAsciiDigit));

    /// <summary>The lengths of its groups of digits.</summary>
    public int[] Groups =>
        [.. Span.ToString().Split([' ', '-', '.', '/', '·', '_', '(', ')', '+'], StringSplitOptions.RemoveEmptyEntries)
            .Select(group => group.Length)];

    /// <summary>How many characters stand for a digit that somebody has hidden.</summary>
    public int HiddenDigits => Span.ToString().Count(c => c is '*' or 'x' or 'X' or '#');

    public ReadOnlySpan<char> Before(int length) => Text.Text.AsSpan(Math.Max(0, Start - length)..Start);

    public ReadOnlySpan<char> After(int length) => Text.Text.AsSpan(End..Math.Min(Text.Length, End + length));

    /// <summary>True when one of the words stands up to so many characters before or after.</summary>
    public bool IsNear(SearchValues<string> words, int before = ContextLength, int after = ContextLength) =>
        Before(before).ContainsAny(words) || After(after).ContainsAny(words);
}
