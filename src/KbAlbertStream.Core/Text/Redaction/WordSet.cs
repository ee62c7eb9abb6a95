using System.Buffers;

namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>Finds whether any of some words stands in a text; case does not matter. Thread-safe.</summary>
/// <remarks>
/// What <c>SearchValues&lt;string&gt;</c> with <c>OrdinalIgnoreCase</c> answers, many times faster: for words that begin
/// with Hangul that one walks through the text character by character and folds each. Here a vectorised search finds the
/// places where a word may begin, and Hangul, which has no case, is compared as it is.
/// </remarks>
internal sealed class WordSet
{
    private readonly Word[] _words;
    private readonly SearchValues<char> _beginnings;

    public WordSet(params IReadOnlyCollection<string> words)
    {
        if (words.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException("a word is empty", nameof(words));
        }

        _words = [.. words.Select(Word.Of)];
        _beginnings = SearchValues.Create([.. _words.SelectMany(word => (char[])[word.Upper, word.Lower])]);
    }

    /// <summary>True when one of the words stands in the text, in whatever case.</summary>
    public bool IsIn(ReadOnlySpan<char> text)
    {
        for (int next; (next = text.IndexOfAny(_beginnings)) >= 0; text = text[(next + 1)..])
        {
            var begins = text[next];
            foreach (var word in _words)
            {
                if ((word.Upper == begins || word.Lower == begins) && text[next..].StartsWith(word.Text, word.Comparison))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private readonly record struct Word(string Text, char Upper, char Lower, StringComparison Comparison)
    {
        public static Word Of(string text) => new(
            text,
            char.ToUpperInvariant(text[0]),
            char.ToLowerInvariant(text[0]),
            text.Any(c => char.ToUpperInvariant(c) != char.ToLowerInvariant(c))
                ? StringComparison.OrdinalIgnoreCase
                : StringComparison.Ordinal);
    }
}
