using System.Buffers;
using System.Collections.Immutable;

namespace KbAlbertStream.Core.Tokenization;

/// <summary>Finds special tokens that are written out in a raw text: exact, case-sensitive, also inside a word.</summary>
internal sealed class SpecialTokens
{
    private readonly (string Literal, int Id)[] _tokens; // longest first
    private readonly SearchValues<char> _firstCharacters;

    /// <summary>Those of a vocabulary, or none where they stay text.</summary>
    public SpecialTokens(Vocabulary vocabulary, SpecialTokensInText inText)
    {
        _tokens = inText == SpecialTokensInText.StayText
            ? []
            : [.. Literals.Select((literal, i) => (literal, vocabulary[(SpecialToken)i])).OrderByDescending(t => t.literal.Length)];
        _firstCharacters = SearchValues.Create([.. _tokens.Select(token => token.Literal[0]).Distinct()]);
    }

    /// <summary>The spellings, by <see cref="SpecialToken"/>.</summary>
    public static ImmutableArray<string> Literals { get; } = ["[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]"];

    /// <summary>The first special token from <paramref name="start"/> on; false when there is none.</summary>
    public bool TryFind(ReadOnlySpan<char> text, int start, out int at, out int length, out int id)
    {
        for (at = start; at < text.Length; at++)
        {
            var skipped = text[at..].IndexOfAny(_firstCharacters);
            if (skipped < 0)
            {
                break;
            }

            at += skipped;
            foreach (var (literal, literalId) in _tokens)
            {
                if (text[at..].StartsWith(literal, StringComparison.Ordinal))
                {
                    (length, id) = (literal.Length, literalId);
                    return true;
                }
            }
        }

        (at, length, id) = (text.Length, 0, -1);
        return false;
    }
}
